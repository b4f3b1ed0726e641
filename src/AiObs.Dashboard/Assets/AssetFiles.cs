using System.Security.Cryptography;

namespace AiObs.Dashboard.Assets;

/// <summary>The files that pages load, out of this assembly.</summary>
internal static class AssetFiles
{
    private const int HashLength = 12;

    public static AssetFile Style { get; } = Read("aiobs.css", "text/css; charset=utf-8");

    public static AssetFile Script { get; } = Read("aiobs.js", "text/javascript; charset=utf-8");

    public static AssetFile Icon { get; } = Read("icon.svg", "image/svg+xml");

    private static AssetFile[] All { get; } = [Style, Script, Icon];

    public static AssetFile? Find(string? hash, string? name) => Array.Find(All, asset => asset.Hash == hash && asset.Name == name);

    private static AssetFile Read(string name, string contentType)
    {
        using var stream = typeof(AssetFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(name, contentType, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLength]);
    }
}
