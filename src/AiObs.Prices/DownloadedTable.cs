namespace AiObs.Prices;

/// <summary>A price table as a server sent it.</summary>
/// <param name="Bytes">The table.</param>
/// <param name="ETag">By which it can be asked whether that is still the one.</param>
internal sealed record DownloadedTable(byte[] Bytes, string? ETag);
