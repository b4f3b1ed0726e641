using AiObs.Operations;
using AiObs.Privacy.Redaction;
using Microsoft.Extensions.AI;

namespace AiObs.Privacy;

/// <summary>Hides images, and keeps inline bytes of any kind that are too long off the record.</summary>
internal sealed class MediaMasker(PrivacyOptions options, TextRedactor redactor, Faults faults)
{
    private const string InlineScheme = "data:";
    private const string ImageModality = "image";

    private static readonly string[] TextTypes = ["text/", "json", "xml", "yaml", "javascript", "x-www-form-urlencoded"];

    public bool HidesImages(ContentSide side) => side == ContentSide.Input && options.HideInputImages;

    /// <summary>Masks what stands at an address; <see langword="null"/> when it is hidden.</summary>
    public string? Address(AgentOperation operation, string modality, string? mediaType, string address, ContentSide side)
    {
        if (Hides(modality, side))
        {
            return null;
        }

        if (!address.StartsWith(InlineScheme, StringComparison.OrdinalIgnoreCase))
        {
            return redactor.Text(operation, new(RedactionKind.Address, side == ContentSide.Output), address);
        }

        if (HidesText(mediaType, side))
        {
            return RecordedValue.RedactedText;
        }

        return address.Length > options.Base64ImageMaxLength ? Drop(modality) : address;
    }

    /// <summary>Masks inline bytes; <see langword="null"/> when they are hidden.</summary>
    public string? Inline(DataContent data, string modality, ContentSide side)
    {
        if (Hides(modality, side))
        {
            return null;
        }

        if (HidesText(data.MediaType, side))
        {
            return RecordedValue.RedactedText;
        }

        // A data URI is built on first use and then kept by the content: not for bytes that are too long anyway.
        if (ShortestUriLength(data) > options.Base64ImageMaxLength)
        {
            return Drop(modality);
        }

        return data.Uri.Length > options.Base64ImageMaxLength ? Drop(modality) : data.Uri;
    }

    private static long ShortestUriLength(DataContent data) =>
        InlineScheme.Length + data.MediaType.Length + ";base64,".Length + ((data.Data.Length * 4L) + 2) / 3;

    private bool Hides(string modality, ContentSide side) => modality == ImageModality && HidesImages(side);

    /// <summary>Text that travels as bytes is text all the same; where text is hidden or redacted, none of it is shown.</summary>
    private bool HidesText(string? mediaType, ContentSide side) =>
        (redactor.IsActive || (side == ContentSide.Input ? options.HideInputText : options.HideOutputText))
        && mediaType is not null
        && Array.Exists(TextTypes, type => mediaType.Contains(type, StringComparison.OrdinalIgnoreCase));

    private string Drop(string modality)
    {
        faults.Drop(modality == ImageModality ? "image_limit" : "media_limit");
        return RecordedValue.RedactedText;
    }
}
