using AiObs;
using AiObs.Store;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds stores.</summary>
public static class AiObsStoreExtensions
{
    /// <summary>
    /// Adds a store: every event is written to it, every cost record where cost tracking is added too, and every span where <see cref="AddTraces"/> is, before or
    /// after. The container has the event log as <see cref="IEventLog"/>, the costs as <see cref="AiObs.Cost.ICostStore"/> and the traces as <see cref="ITraceStore"/>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says where the store keeps its parts, such as <c>s => s.UseSqlite("Data Source=aiobs.db")</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">Nothing says where the store keeps its parts, or another store without a name keeps one of them.</exception>
    public static AgentObservabilityBuilder AddStore(this AgentObservabilityBuilder builder, Action<StoreBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return StoreRegistration.Add(builder, name: null, configure);
    }

    /// <summary>
    /// Keeps traces: every span of the root, whatever a sampler decides, and, with the bridge of <c>AiObs.OpenTelemetry</c>, those of other libraries that are sampled. They go to the store
    /// that <see cref="AddStore(AgentObservabilityBuilder, Action{StoreBuilder})"/> adds, before or after, and to memory without one. Calling it twice is harmless.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">What to set.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// What <see cref="AgentObservabilityOptions.CaptureContent"/> lets on spans is kept with them. The container has the store as <see cref="ITraceStore"/>, and
    /// <see cref="RunningSpans"/>; latencies are added, too. While traces are kept, calls are observed, so that they are not free.
    /// </remarks>
    public static AgentObservabilityBuilder AddTraces(this AgentObservabilityBuilder builder, Action<TraceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        TraceRegistration.AddTraces(builder.Services);
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }

    /// <summary>Measures how long the operations of the last hour took, in memory: <c>observability.Latencies</c>. Calling it twice is harmless.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static AgentObservabilityBuilder AddLatencies(this AgentObservabilityBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        TraceRegistration.AddLatencies(builder.Services);
        return builder;
    }

    /// <summary>
    /// Adds a store beside others: every event is written to it, and the container has its event log as <see cref="IEventLog"/>, and its costs as
    /// <see cref="AiObs.Cost.ICostStore"/>, under its name as key. Cost records and spans are written to the store without a name alone.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name; that of its sink in metrics, logs and health checks, too.</param>
    /// <param name="configure">Says where the store keeps its parts.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">Nothing says where the store keeps its parts, or another store of this name keeps one of them.</exception>
    public static AgentObservabilityBuilder AddStore(this AgentObservabilityBuilder builder, string name, Action<StoreBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        return StoreRegistration.Add(builder, name, configure);
    }
}
