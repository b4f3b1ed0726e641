using System.IO.Compression;

namespace AiObs.Cost.Units;

/// <summary>The price data inside the assembly.</summary>
internal static class EmbeddedPrices
{
    /// <summary>The version of the data, as receipts name it.</summary>
    public const string Version = "genai-prices 0.1.8";

    /// <summary>The day on which the data was published.</summary>
    public static readonly DateTimeOffset Published = new(2026, 9, 23, 0, 0, 0, TimeSpan.Zero);

    public static byte[] ReadPrices() => Read("genai-prices.json.gz");

    public static byte[] ReadOverlay() => Read("aiobs-overlay.json.gz");

    public static byte[] ReadUnits() => Read("units.json.gz");

    private static byte[] Read(string resource)
    {
        using var compressed = typeof(EmbeddedPrices).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {resource}.");
        using var json = new MemoryStream(capacity: (int)compressed.Length * 12);
        using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
        gzip.CopyTo(json);

        return json.ToArray();
    }
}
