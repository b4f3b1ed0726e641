using Microsoft.Extensions.Logging;

namespace AiObs;

/// <summary>The log records of AiObs itself; none of them holds content.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Error,
        Message = "Observing failed in {Part} with {ExceptionType}; the observed call is not affected. Further failures in this part are only counted in aiobs.faults. {StackTrace}")]
    public static partial void ObservationFailed(this ILogger logger, string part, string? exceptionType, string? stackTrace);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "Environment variable {Variable} has a value that cannot be read; {Consequence}")]
    public static partial void EnvironmentUnreadable(this ILogger logger, string variable, string consequence);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "The observed client traces model calls itself (activity source {SourceName}), so each call has two model spans. Remove its own telemetry, for example UseOpenTelemetry(), or remove UseAgentObservability().")]
    public static partial void InnerTracerFound(this ILogger logger, string sourceName);

    [LoggerMessage(
        EventId = 4,
        Level = LogLevel.Warning,
        Message = "Required data is missing for a {Kind} span: {Missing}. The work runs untraced; give the value to trace it. Further cases are not logged.")]
    public static partial void TracerDataMissing(this ILogger logger, string kind, string missing);

    [LoggerMessage(
        EventId = 5,
        Level = LogLevel.Warning,
        Message = "{Service} was registered after ObserveChatClients(), which does not see it. Move ObserveChatClients() to the end of the registrations, or call UseAgentObservability() where the client is made.")]
    public static partial void RegisteredTooLate(this ILogger logger, string service);

    [LoggerMessage(
        EventId = 6,
        Level = LogLevel.Warning,
        Message = "{Service} is registered in a form that ObserveChatClients() cannot decorate: an open generic type or, in code compiled ahead of time, an uncommon embedding type. Call UseAgentObservability() where the generator is made.")]
    public static partial void CannotBeDecorated(this ILogger logger, string service);

    [LoggerMessage(
        EventId = 7,
        Level = LogLevel.Warning,
        Message = "Model {Model} of {Provider} has no known price ({Reason}), so its calls are recorded as unpriced. The closest known names: {Similar}. Give it a price or an alias in AgentObservability:Costs:Pricing. Further calls of it are only counted in aiobs.cost.unpriced.")]
    public static partial void ModelUnpriced(this ILogger logger, string model, string provider, string? reason, string similar);

    [LoggerMessage(
        EventId = 8,
        Level = LogLevel.Warning,
        Message = "{Method} was left out on {Client}: the model calls inside of it are observed already. What {Client} answers by itself or sends elsewhere, as a cache or a router does, is not observed. Drop this line; or, to observe that too, drop the observer inside.")]
    public static partial void ObserverLeftOut(this ILogger logger, string method, string client);

    [LoggerMessage(
        EventId = 9,
        Level = LogLevel.Warning,
        Message = "{Method} was called on {Client}, which is observed with another AgentObservability: two roots have two sets of options, prices and budgets, and a call counts to one of them or, through a function loop, to both. Where {Client} is made, hand it the same root: UseAgentObservability(services, o => ...) or UseAgentObservability(observability, o => ...).")]
    public static partial void TwoRootsFound(this ILogger logger, string method, string client);

    [LoggerMessage(
        EventId = 10,
        Level = LogLevel.Warning,
        Message = "{Method} on {Client} stands outside of a cache. An answer from the cache looks like one of the model, so it is counted and priced like that. Move {Method} inside of the cache, next to the model; then answers from the cache are not observed.")]
    public static partial void ObserverOutsideOfCache(this ILogger logger, string method, string client);

    [LoggerMessage(
        EventId = 11,
        Level = LogLevel.Warning,
        Message = "Calls of model {Model} are observed twice: a client between the two observers hides the inner one, as its GetService does not ask the client inside. What comes after the first round is counted twice. Let its GetService hand on what it does not know, or remove one of the two observers.")]
    public static partial void ObserverHidden(this ILogger logger, string model);

    [LoggerMessage(
        EventId = 12,
        Level = LogLevel.Warning,
        Message = "{Method} was used around a model call that is observed by itself. Tokens and cost stand on the observed call alone, and the traced one keeps none. Remove {Method}, or trace the work around the call with TraceChainAsync or TraceAgentAsync.")]
    public static partial void TracedAroundObserved(this ILogger logger, string method);

    [LoggerMessage(
        EventId = 13,
        Level = LogLevel.Warning,
        Message = "Tool {Tool} of agent {Agent} ran without a span: its loop tells nobody of the calls that it makes. Use UseFunctionInvocation(), or put Observed() on the function. Further tools of this agent are not warned of.")]
    public static partial void ToolUnobserved(this ILogger logger, string tool, string agent);

    [LoggerMessage(
        EventId = 14,
        Level = LogLevel.Warning,
        Message = "A function loop stands inside of an observed client, where the tools that it runs leave no spans. Put UseAgentObservability() inside of the loop, next to the model, where ObserveChatClients() too leaves it alone; or put UseAgent(name) right around the loop.")]
    public static partial void LoopUnheard(this ILogger logger);

    [LoggerMessage(
        EventId = 15,
        Level = LogLevel.Information,
        Message = "ObserveChatClients() stands outside of all that is registered as {Clients}: one span for a call, whatever loop, cache or retry is inside. Where a client runs a function loop, the better place is inside of it, with a span for each round and each tool: services.AddChatClient(...).UseFunctionInvocation().UseAgentObservability(). A client that has that line stays as it is.")]
    public static partial void ObservedFromOutside(this ILogger logger, string clients);

    [LoggerMessage(
        EventId = 25,
        Level = LogLevel.Warning,
        Message = "Nobody listens to the activity source {SourceName}, so there are no spans. Call AddAgentObservability() on the tracer provider, and keep the provider as long as the application runs.")]
    public static partial void NobodyListens(this ILogger logger, string sourceName);

    [LoggerMessage(
        EventId = 26,
        Level = LogLevel.Warning,
        Message = "An exporter of the OpenTelemetry SDK tells of a failure, so spans, metrics or logs may be lost: {Failure}. Further failures are only told by the health check.")]
    public static partial void ExporterFails(this ILogger logger, string? failure);
}
