using System.Net.Http.Headers;
using System.Text.Json;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Reads images, audio, video and documents.</summary>
internal static class MediaReader
{
    private const string InlineScheme = "data:";
    private const string AnyBytes = "application/octet-stream";

    /// <summary>Reads bytes in base64.</summary>
    public static AIContent Blob(JsonElement part)
    {
        var content = part.Text("content") ?? part.Text("data");
        var bytes = content is null ? null : new byte[((content.Length + 3) / 4) * 3];
        return bytes is not null && Convert.TryFromBase64String(content!, bytes, out var length)
            ? new DataContent(bytes.AsMemory(0, length), MediaTypeOf(part))
            : WithoutBytes(part, "blob");
    }

    /// <summary>Reads an address.</summary>
    public static AIContent Address(JsonElement part) => Address(part.Text("uri") ?? part.Text("url"), MediaTypeOf(part), part);

    /// <summary>Reads the image parts of OpenAI's wire format.</summary>
    public static AIContent Image(JsonElement part)
    {
        var image = part.Member("image_url");
        return Address(image is { ValueKind: JsonValueKind.String } url ? url.GetString() : image?.Text("url"), "image/*", part);
    }

    /// <summary>Reads a file that the provider hosts.</summary>
    public static AIContent File(JsonElement part) => part.Text("file_id") is { Length: > 0 } id
        ? new HostedFileContent(id) { MediaType = MediaTypeOf(part) }
        : new OtherContent("file", members: null);

    private static AIContent Address(string? address, string mediaType, JsonElement part)
    {
        if (address?.StartsWith(InlineScheme, StringComparison.OrdinalIgnoreCase) == true)
        {
            return Inline(address, mediaType);
        }

        return Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var uri)
            ? new UriContent(uri, mediaType)
            : WithoutBytes(part, "uri");
    }

    private static AIContent Inline(string address, string mediaType)
    {
        try
        {
            var content = new DataContent(address);
            return content.HasTopLevelMediaType(mediaType.Split('/')[0]) || mediaType == AnyBytes
                ? content
                : new DataContent(content.Data, mediaType);
        }
        catch (Exception exception) when (ForeignJson.IsOfBadInput(exception))
        {
            return new OtherContent("uri", members: null);
        }
    }

    /// <summary>Keeps of a part whose bytes were left out, or cannot be read, what it says of them.</summary>
    private static OtherContent WithoutBytes(JsonElement part, string type) =>
        new(type, PartMembers.Select(part, "modality", "mime_type", "size"));

    /// <summary>Returns the media type; the modality is right where the two disagree, since images may be hidden.</summary>
    private static string MediaTypeOf(JsonElement part)
    {
        var given = part.Text("mime_type") ?? part.Text("media_type");
        var mediaType = MediaTypeHeaderValue.TryParse(given, out _) ? given! : AnyBytes;
        return part.Text("modality") is ("image" or "audio" or "video") and var modality
            && !mediaType.StartsWith(modality + "/", StringComparison.OrdinalIgnoreCase)
                ? modality + "/*"
                : mediaType;
    }
}
