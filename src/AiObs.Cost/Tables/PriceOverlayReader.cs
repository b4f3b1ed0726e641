using System.Text.Json;

namespace AiObs.Cost.Tables;

/// <summary>Reads the overlay of a price table.</summary>
internal static class PriceOverlayReader
{
    private const int Format = 1;
    private const decimal LargestFactor = 1_000_000;

    /// <exception cref="InvalidDataException">It cannot be used; the message says why.</exception>
    public static PriceOverlay Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    /// <exception cref="InvalidDataException">It cannot be used; the message says why.</exception>
    public static PriceOverlay Read(JsonElement root)
    {
        try
        {
            return ReadAll(root);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("A member of the overlay is missing, or is of another kind.", exception);
        }
    }

    private static PriceOverlay ReadAll(JsonElement root)
    {
        if (root.GetProperty("format").GetInt32() is var format && format != Format)
        {
            throw new InvalidDataException($"The overlay has the format {format}; this version reads {Format}.");
        }

        return new(
            [.. root.GetProperty("multipliers").EnumerateArray().Select(ReadMultiplier)],
            [.. root.GetProperty("regions").EnumerateArray().SelectMany(
                static region => region.GetProperty("names").EnumerateArray(), static (region, name) => (Text(region, "provider"), name.GetString()!))],
            [.. root.GetProperty("derivedRates").EnumerateArray().Select(static rate => new DerivedRate(
                Text(rate, "provider"), Text(rate, "family"), Text(rate, "rate"), Text(rate, "of"), Factor(rate, "factor")))]);
    }

    private static OverlayMultiplier ReadMultiplier(JsonElement entry) => new(
        Text(entry, "kind") is PriceOverlay.ServiceTier or PriceOverlay.Speed or PriceOverlay.Region
            ? Text(entry, "kind")
            : throw new InvalidDataException($"The kind '{Text(entry, "kind")}' of the overlay is not known. Known are serviceTier, speed and region."),
        Text(entry, "name"),
        Text(entry, "provider"),
        entry.TryGetProperty("rule", out var rule) ? rule.GetString() : null,
        Factor(entry, "value"),
        entry.TryGetProperty("maxInputTokens", out var most) ? most.GetInt64() : null);

    private static decimal Factor(JsonElement entry, string name) => entry.GetProperty(name).GetDecimal() is >= 0 and <= LargestFactor and var factor
        ? factor
        : throw new InvalidDataException(FormattableString.Invariant($"A {name} of the overlay is {entry.GetProperty(name)}. Give a multiplier from 0 to {LargestFactor:N0}."));

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString() is { Length: > 0 } text
        ? text
        : throw new InvalidDataException($"A {name} of the overlay is empty.");
}
