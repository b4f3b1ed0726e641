namespace AiObs.Operations;

/// <summary>The parts of token counts by modality, in boxes, and what is odd of the others. Apart from <see cref="TokenUsage"/>, because few models report them.</summary>
internal sealed record TokenModalities
{
    public object? InputAudio { get; init; }

    public object? InputText { get; init; }

    public object? OutputAudio { get; init; }

    public object? OutputText { get; init; }

    public bool IsCacheCut { get; init; }

    public bool LacksThoughts { get; init; }
}
