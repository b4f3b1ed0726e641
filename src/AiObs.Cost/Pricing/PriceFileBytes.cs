using System.Security;

namespace AiObs.Cost.Pricing;

/// <summary>Reads the bytes of a price file.</summary>
internal static class PriceFileBytes
{
    public const int Limit = PublishedPrices.Limit;

    /// <summary>Reads the file; otherwise says why it cannot be read.</summary>
    public static (byte[]? Bytes, string? Problem) Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return file.Length > Limit
                ? (null, $"has {file.Length} bytes. Keep it below {Limit}.")
                : (ReadAll(file), null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "does not exist. Correct the path, or leave the option out.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            return (null, $"cannot be read: {exception.Message} Give the path of a file that this process may read.");
        }
    }

    private static byte[] ReadAll(FileStream file)
    {
        var bytes = new byte[file.Length];
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count == bytes.Length ? bytes : bytes[..count];
    }
}
