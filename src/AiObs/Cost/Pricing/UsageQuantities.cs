namespace AiObs.Cost.Pricing;

/// <summary>How much of each unit a call used. Counts are inclusive: cached, audio and reasoning tokens are parts of input and output.</summary>
public sealed class UsageQuantities
{
    private readonly UsageQuantity[] _all;

    /// <summary>Initializes a new instance of the <see cref="UsageQuantities"/> class.</summary>
    /// <param name="quantities">The quantities, each unit once.</param>
    /// <exception cref="ArgumentException">A usage key is unknown or stands there twice.</exception>
    public UsageQuantities(IEnumerable<UsageQuantity> quantities) => _all = [.. quantities];

    /// <summary>Gets the usage of a call of which nothing is known.</summary>
    public static UsageQuantities Empty { get; } = new([]);

    /// <summary>Gets the quantities that were reported.</summary>
    public IReadOnlyList<UsageQuantity> All => _all;

    /// <summary>Gets the quantity of a unit; <see langword="null"/> when it was not reported.</summary>
    /// <param name="unit">The usage key.</param>
    public decimal? this[string unit]
    {
        get
        {
            foreach (var quantity in _all)
            {
                if (quantity.Unit == unit)
                {
                    return quantity.Value;
                }
            }

            return null;
        }
    }
}
