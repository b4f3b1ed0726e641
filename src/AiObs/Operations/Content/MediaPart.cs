namespace AiObs.Operations.Content;

/// <summary>An image, audio, video or document, inline or by address.</summary>
/// <param name="Modality"><c>image</c>, <c>audio</c>, <c>video</c> or <c>document</c>.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="Uri">The address or the data URI; <see cref="RecordedValue.RedactedText"/> when it was too large, <see langword="null"/> when hidden.</param>
/// <param name="IsInline">Whether the bytes travel in the message.</param>
internal sealed record MediaPart(string Modality, string? MediaType, string? Uri, bool IsInline) : MessagePart;
