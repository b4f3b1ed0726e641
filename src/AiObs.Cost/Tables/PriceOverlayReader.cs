using System.Text.Json;

namespace AiObs.Cost.Tables;

/// <summary>Reads the overlay of a price table.</summary>
internal static class PriceOverlayReader
{
    private const int Format = 1;

    /// <exception cref="InvalidDataException">The format is not known.</exception>
    public static PriceOverlay Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.GetProperty("format").GetInt32() is var format && format != Format)
        {
            throw new InvalidDataException($"The overlay has the format {format}; this version reads {Format}.");
        }

        return new(
            [.. root.GetProperty("multipliers").EnumerateArray().Select(ReadMultiplier)],
            [.. root.GetProperty("regions").EnumerateArray().SelectMany(
                static region => region.GetProperty("names").EnumerateArray(), static (region, name) => (Text(region, "provider"), name.GetString()!))],
            [.. root.GetProperty("derivedRates").EnumerateArray().Select(static rate => new DerivedRate(
                Text(rate, "provider"), Text(rate, "family"), Text(rate, "rate"), Text(rate, "of"), rate.GetProperty("factor").GetDecimal()))]);
    }

    private static OverlayMultiplier ReadMultiplier(JsonElement entry) => new(
        Text(entry, "kind"),
        Text(entry, "name"),
        Text(entry, "provider"),
        entry.TryGetProperty("rule", out var rule) ? rule.GetString() : null,
        entry.GetProperty("value").GetDecimal(),
        entry.TryGetProperty("maxInputTokens", out var most) ? most.GetInt64() : null);

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;
}
