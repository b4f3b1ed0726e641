namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Collects what was decided under a lock, to be handed on without it. Nothing is allocated until something is decided.</summary>
internal struct DecidedTraces
{
    private List<DecidedTrace>? _traces;

    public readonly IReadOnlyList<DecidedTrace> All => _traces ?? (IReadOnlyList<DecidedTrace>)[];

    public void Add(DecidedTrace trace) => (_traces ??= new(1)).Add(trace);
}
