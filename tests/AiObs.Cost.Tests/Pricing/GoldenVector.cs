using System.Text.Json;
using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>One known cost: a call, and what it must come to.</summary>
internal sealed record GoldenVector
{
    private const string Variable = "AIOBS_PRICE_VECTORS";

    public required string Text { get; init; }

    public required PriceRequest Request { get; init; }

    public required UsageQuantities Usage { get; init; }

    public required GoldenOutcome Expected { get; init; }

    /// <summary>Reads the file that the environment names, else the copy beside the tests.</summary>
    public static IReadOnlyList<GoldenVector> ReadAll()
    {
        var path = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : Path.Combine(AppContext.BaseDirectory, "Pricing", "Data", "golden-costs.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));

        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static GoldenVector Read(JsonElement vector) => new()
    {
        Text = vector.GetRawText(),
        Request = new(vector.GetProperty("model").GetString()!, TextOf(vector, "provider"), vector.GetProperty("timestamp").GetDateTimeOffset())
        {
            ApiUrl = TextOf(vector, "provider_api_url"),
        },
        Usage = new(vector.GetProperty("usage").EnumerateObject().Select(static unit => new UsageQuantity(unit.Name, unit.Value.GetDecimal()))),
        Expected = ReadExpected(vector.GetProperty("expect")),
    };

    private static GoldenOutcome ReadExpected(JsonElement expected) => expected.ValueKind switch
    {
        JsonValueKind.Null => GoldenOutcome.NoPrice,
        JsonValueKind.String => GoldenOutcome.Error,
        _ => new(
            $"{TextOf(expected, "provider")}/{TextOf(expected, "model")}",
            expected.GetProperty("input").GetDecimal(),
            expected.GetProperty("output").GetDecimal(),
            expected.GetProperty("total").GetDecimal()),
    };

    private static string? TextOf(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() : null;
}
