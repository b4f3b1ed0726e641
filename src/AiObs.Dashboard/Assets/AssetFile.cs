namespace AiObs.Dashboard.Assets;

/// <summary>A file that pages load.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Bytes">What is in it.</param>
/// <param name="Hash">A hash of that, which stands in its address, so that it may stay in caches for ever.</param>
internal sealed record AssetFile(string Name, string ContentType, ReadOnlyMemory<byte> Bytes, string Hash);
