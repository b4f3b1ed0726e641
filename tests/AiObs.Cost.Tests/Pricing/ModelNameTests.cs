using System.Text.Json;
using AiObs.Cost.Pricing;
using AiObs.Cost.Tables;
using AiObs.Cost.Units;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>Names of models as calls spell them, beside what the price data's own implementation answers to them.</summary>
public sealed class ModelNameTests
{
    private static readonly DateTimeOffset Time = new(2026, 9, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly PriceRules Rules = PriceRulesReader.Read(EmbeddedPrices.ReadPrices(), EmbeddedPrices.Version);

    /// <summary>Gets the rows of names.jsonl: what is asked, the rule that is found and how far it can be trusted, and what the reference answers.</summary>
    internal static IEnumerable<(string? Provider, string? Url, string Model, string? Rule, string Completeness, string? Reference)> Names =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Pricing", "Data", "names.jsonl")).Select(static line =>
        {
            using var row = JsonDocument.Parse(line);
            return (Text(row, "provider"), Text(row, "url"), Text(row, "model")!, Text(row, "rule"), Text(row, "completeness")!, Text(row, "reference"));
        });

    [Fact]
    public void Find_NamesAsCallsSpellThem_AreKnownAsFarAsTheyCanBeTrusted()
    {
        var wrong = Names.Where(static name => name.Provider is not null)
            .Select(static name => (name.Provider, name.Model, Expected: $"{name.Rule ?? "none"} {name.Completeness}", Actual: Find(name.Model, name.Provider!)))
            .Where(static name => name.Expected != name.Actual)
            .Select(static name => $"{name.Provider} {name.Model}: {name.Actual}, not {name.Expected}")
            .ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Find_NameThatTheReferenceKnows_IsTheSameRule() => Assert.All(
        Names.Where(static name => name is { Provider: not null, Reference: not null }), static name => Assert.Equal(name.Reference, name.Rule));

    [Fact]
    public void Find_EachIdOfTheTable_IsExactByItself()
    {
        var ids = Rules.Providers.SelectMany(static provider => provider.Models, static (provider, model) => (Provider: provider.Id, model.Id)).ToList();

        Assert.Equal(1_694, ids.Count);
        Assert.DoesNotContain(
            ids,
            static id => PriceTable.Default.Find(new(id.Id, id.Provider, Time)).Price is not { Caveat: null or { Reason: "the fee for a request depends on search_context_size" } });
    }

    [Theory]
    [InlineData("gpt-4o", "gpt-4o", NameMatch.Exact)]
    [InlineData("gpt-4o-2024-08-06", "gpt-4o", NameMatch.Version)]
    [InlineData("gpt-4o-20240806", "gpt-4o", NameMatch.Version)]
    [InlineData("gpt-4o-0806", "gpt-4o", NameMatch.Version)]
    [InlineData("m-001", "m", NameMatch.Version)]
    [InlineData("m@latest", "m", NameMatch.Version)]
    [InlineData("m-preview-05-06", "m", NameMatch.Version)]
    [InlineData("m-preview-05-06-2025", "m", NameMatch.Version)]
    [InlineData("m-20240806-v1:0", "m", NameMatch.Version)]
    [InlineData("m-v1:0:300k", "m", NameMatch.Version)]
    [InlineData("m-20250514", "m-2025", NameMatch.Version)]
    [InlineData("m@20250514", "m@", NameMatch.Version)]
    [InlineData("us.vendor.m-v1:0", "m", NameMatch.Version)]
    [InlineData("publishers/vendor/models/m@20250514", "m", NameMatch.Version)]
    [InlineData("ft:m-2024-07-18:acme::abc", "ft:m", NameMatch.Version)]
    [InlineData("ft:m-2024-07-18:acme::abc", "ft:m-2024-", NameMatch.Version)]
    [InlineData("ft:m-mini-2024-07-18:acme::abc", "ft:m", NameMatch.Guess)]
    [InlineData("ft:mini:acme::abc", "ft:m", NameMatch.Guess)]
    [InlineData("m-lite", "m", NameMatch.Guess)]
    [InlineData("m-55", "m-5", NameMatch.Guess)]
    [InlineData("m5", "m", NameMatch.Guess)]
    [InlineData("m-20240806-lite", "m", NameMatch.Guess)]
    [InlineData("mars.vendor.m", "m", NameMatch.Guess)]
    [InlineData("small-m", "m", NameMatch.Guess)]
    public void Judge_WhatIsLeftOver_TellsAVersionFromAnotherModel(string name, string text, object match) =>
        Assert.Equal(match, NameRest.Judge(name, text, name.LastIndexOf(text, StringComparison.Ordinal)));

    private static string? Text(JsonDocument row, string name) =>
        row.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;

    internal static string Find(string model, string provider) => PriceTable.Default.Find(new(model, provider, Time)).Price is { } price
        ? $"{price.Provider}/{price.Model} {price.Caveat?.Completeness ?? CostCompleteness.Exact}"
        : $"none {CostCompleteness.Unpriced}";
}
