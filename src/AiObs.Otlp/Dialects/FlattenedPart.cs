namespace AiObs.Otlp.Dialects;

/// <summary>A part of a message, of whose members each was an attribute.</summary>
internal sealed class FlattenedPart
{
    public string? Text { get; set; }

    public string? ImageAddress { get; set; }
}
