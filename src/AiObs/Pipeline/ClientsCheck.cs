namespace AiObs.Pipeline;

/// <summary>Finds clients that are put together so that calls are told twice, or not where they are made: what the log warned of once.</summary>
internal sealed class ClientsCheck(ClientWarnings warnings) : IDoctorCheck
{
    private const string InnerTracer = "AIOBS010";
    private const string Hidden = "AIOBS011";
    private const string TwoRoots = "AIOBS012";
    private const string TracedAround = "AIOBS013";
    private const string UnheardLoop = "AIOBS014";
    private const string OutsideOfCache = "AIOBS015";
    private const string LeftOut = "AIOBS016";
    private const string UnobservedTool = "AIOBS017";

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) => new([.. warnings.Said.Select(FindingOf)]);

    private static DoctorFinding FindingOf(ClientWarning warning)
    {
        var (one, other) = (LogText.Name(warning.One), LogText.Name(warning.Other));
        return warning.Kind switch
        {
            nameof(ClientWarnings.InnerTracer) => Warning(
                InnerTracer,
                $"An observed client traces its model calls itself, with the activity source {one}.",
                "Each call has two model spans, so that backends count its tokens twice.",
                "Remove its own telemetry, such as .UseOpenTelemetry(), or remove .UseAgentObservability()."),
            nameof(ClientWarnings.Hidden) => Warning(
                Hidden,
                $"Calls of model {one} are observed twice.",
                "A client between two observers hides the inner one: its GetService does not ask the client inside.",
                "public override object? GetService(Type type, object? key = null) => base.GetService(type, key);  // or remove one of the observers"),
            nameof(ClientWarnings.TwoRoots) => Warning(
                TwoRoots,
                $"{one} was called on {other}, which another AgentObservability observes.",
                "Two roots have two sets of options, prices and budgets, and a call counts to one of them or to both.",
                "client.UseAgentObservability(services)  // the same root where the client is made"),
            nameof(ClientWarnings.TracedAroundObserved) => Warning(
                TracedAround,
                $"{one} was used around a model call that is observed by itself.",
                "The call has two spans; tokens and cost stand on the observed one alone.",
                $"Remove {one}, or trace the work around the call with TraceChainAsync or TraceAgentAsync."),
            nameof(ClientWarnings.UnheardLoop) => Warning(
                UnheardLoop,
                "A function loop stands inside of an observed client.",
                "All round trips are one span, and the tools that the loop runs leave none.",
                "builder.UseFunctionInvocation().UseAgentObservability()"),
            nameof(ClientWarnings.OutsideOfCache) => Warning(
                OutsideOfCache,
                $"{one} on {other} stands outside of a cache.",
                "An answer from the cache is counted and priced like one of the model.",
                "builder.UseDistributedCache().UseAgentObservability()"),
            nameof(ClientWarnings.LeftOut) => Warning(
                LeftOut,
                $"{one} was left out on {other}: the model calls inside of it are observed already.",
                "What this client answers by itself or sends elsewhere, as a cache or a router does, is not observed.",
                $"Remove {one} there; or, to observe that too, remove the observer inside."),
            nameof(ClientWarnings.UnobservedTool) => Warning(
                UnobservedTool,
                $"Tool {one} of agent {(other.Length == 0 ? "without a name" : other)} ran without a span.",
                "The loop that runs it tells nobody of the calls that it makes.",
                "options.Tools = [tool.Observed()];  // or UseFunctionInvocation() for the loop"),
            _ => throw new InvalidOperationException($"No finding is known for the warning {warning.Kind}."),
        };
    }

    private static DoctorFinding Warning(string id, string seen, string cause, string remedy) => new(id, DoctorSeverity.Warning, seen, cause, remedy);
}
