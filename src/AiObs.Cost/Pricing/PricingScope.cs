namespace AiObs.Cost.Pricing;

/// <summary>A scope whose calls a source of prices is asked about first.</summary>
internal sealed class PricingScope : IDisposable
{
    private static readonly AsyncLocal<PricingScope?> Ambient = new();

    private readonly PricingScope? _outer;
    private readonly IPricingProvider _provider;
    private volatile bool _isLeft;

    private PricingScope(PricingScope? outer, IPricingProvider provider)
    {
        _outer = outer;
        _provider = provider;
    }

    /// <summary>Gets the source of the innermost scope; <see langword="null"/> outside of all.</summary>
    public static IPricingProvider? Current => Ambient.Value?._provider;

    public static PricingScope Begin(IPricingProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return Ambient.Value = new PricingScope(Ambient.Value, provider);
    }

    /// <summary>Leaves the scope. Scopes may be left in any order.</summary>
    public void Dispose()
    {
        _isLeft = true;
        var current = Ambient.Value;
        while (current is { _isLeft: true })
        {
            current = current._outer;
        }

        Ambient.Value = current;
    }
}
