namespace AiObs.Cost.Pricing;

/// <summary>The price table that comes with the package; it is read from the assembly on first use.</summary>
internal sealed class PriceTable
{
    /// <summary>Gets the one table of this process: it is immutable.</summary>
    public static PriceTable Default => throw new NotImplementedException();

    /// <summary>Finds the price of a model.</summary>
    public PriceLookup Find(in PriceRequest request) => throw new NotImplementedException();

    /// <summary>Returns the names that are spelt most like a model that was not found.</summary>
    public IReadOnlyList<string> FindSimilar(in PriceRequest request, int count) => throw new NotImplementedException();
}
