using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>Makes content items of media that stand in requests and responses. What is malformed is left out: the service will say so.</summary>
internal static class MediaReading
{
    private const string AnyImage = "image/*";
    private const string AnyFile = "application/octet-stream";

    public static AIContent? Image(string? address) => FromAddress(address, AnyImage);

    public static AIContent? File(string? address) => FromAddress(address, AnyFile);

    public static AIContent? Audio(string? data, string? format) =>
        data is null ? null : Inline($"data:{AudioTypeOf(format)};base64,{data}");

    public static AIContent? Bytes(string? base64, string mediaType) => base64 is null ? null : Inline($"data:{mediaType};base64,{base64}");

    /// <summary>Reads audio of the model, whose kind the answer does not say: all that it may be asked for begins in a way of its own, but for plain samples.</summary>
    public static AIContent? SpokenAudio(string? base64) => Bytes(base64, base64 switch
    {
        null => "",
        _ when base64.StartsWith("UklGR", StringComparison.Ordinal) => "audio/wav",
        _ when base64.StartsWith("ZkxhQ", StringComparison.Ordinal) => "audio/flac",
        _ when base64.StartsWith("T2dnU", StringComparison.Ordinal) => "audio/ogg",
        ['/', '/', (>= 'E' and <= 'H') or (>= 'k' and <= 'n'), ..] => "audio/aac",
        _ when base64.StartsWith("SUQz", StringComparison.Ordinal) || base64.StartsWith("//", StringComparison.Ordinal) => "audio/mpeg",
        _ => "audio/pcm",
    });

    public static AIContent? HostedFile(string? id) => string.IsNullOrWhiteSpace(id) ? null : new HostedFileContent(id);

    private static AIContent? FromAddress(string? address, string mediaType)
    {
        if (address is null)
        {
            return null;
        }

        if (address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return Inline(address);
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? new UriContent(uri, mediaType) : null;
    }

    private static DataContent? Inline(string address)
    {
        try
        {
            return new DataContent(address);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static string AudioTypeOf(string? format) => format switch
    {
        null => "audio/*",
        "mp3" => "audio/mpeg",
        _ => $"audio/{format}",
    };
}
