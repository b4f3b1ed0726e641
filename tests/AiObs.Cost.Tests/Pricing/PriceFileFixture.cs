using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>A price file of a test's own.</summary>
internal sealed class PriceFileFixture : IDisposable
{
    public PriceFileFixture(string content) => Write(content);

    public string Name { get; } = Path.Combine(Path.GetTempPath(), $"aiobs-prices-{Guid.NewGuid():N}.json");

    public static string Price(string model, decimal rate) => FormattableString.Invariant(
        $$"""{ "version": "v{{rate}}", "prices": [ { "model": "{{model}}", "rates": { "input_mtok": {{rate}} } } ] }""");

    /// <summary>Says what is wrong with the file.</summary>
    public List<string> Validate()
    {
        var failures = new List<string>();
        new PricingOptions { PriceFile = Name }.Validate(failures);
        return failures;
    }

    public void Write(string content) => File.WriteAllText(Name, content);

    public void Write(byte[] content) => File.WriteAllBytes(Name, content);

    public void Delete() => File.Delete(Name);

    public void Dispose() => File.Delete(Name);
}
