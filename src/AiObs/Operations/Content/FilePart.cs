namespace AiObs.Operations.Content;

/// <summary>A file that the provider hosts.</summary>
/// <param name="Modality"><c>image</c>, <c>audio</c>, <c>video</c> or <c>document</c>.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="FileId">The provider's id of the file.</param>
internal sealed record FilePart(string Modality, string? MediaType, string FileId) : MessagePart
{
    internal override bool IsPortable => false;
}
