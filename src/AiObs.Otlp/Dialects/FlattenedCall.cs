namespace AiObs.Otlp.Dialects;

/// <summary>A call of a tool, of whose members each was an attribute.</summary>
internal sealed class FlattenedCall
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Arguments { get; set; }
}
