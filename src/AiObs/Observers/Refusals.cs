namespace AiObs.Observers;

/// <summary>Says why a line of a pipeline would have no effect where it stands, and where to put it.</summary>
internal static class Refusals
{
    private const string Remedy =
        "Move it next to the observer, with which it makes one: in a builder, to the line right before or after the UseAgentObservability() or UseCostTracking() inside; "
        + "otherwise, call it on the client that is observed, before anything else is put around that.";

    /// <summary>Returns why a line is refused behind which the calls are observed already; <see langword="null"/> where it may simply be left out.</summary>
    /// <param name="request">What the line asks for.</param>
    /// <param name="parts">What the observer inside has.</param>
    /// <param name="client">The client that the line stands on.</param>
    public static string? Of(ObserverRequest request, ObserverParts parts, string client) => request switch
    {
        { Sink: { } sink } =>
            $"{Line(request, client)}, so the sink {sink.Name} would hear of nothing. {Remedy} Or add the sink to the root with AddEventSink(), where it hears of all calls.",
        { Gate: { HasOptions: true } gate } => $"{Line(request, client)}, so its options would have no effect. {Remedy} {gate.OptionsOnRoot}",
        { Gate: { } gate } when !parts.Passes(gate) => $"{Line(request, client)}, {gate.Lack}. {Remedy} {gate.OnRoot}",
        _ when request.ChangesFor(parts.Observability) is not null =>
            $"{Line(request, client)}, so its options would have no effect. {Remedy} Or set them on the root, with AddAgentObservability(o => ...) or Configure(o => ...); or remove the observer inside.",
        _ => null,
    };

    private static string Line(ObserverRequest request, string client) =>
        $"{request.Method} was called on {client}, inside of which the model calls are observed already";
}
