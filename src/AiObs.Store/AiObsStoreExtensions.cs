using AiObs;
using AiObs.Store;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds stores.</summary>
public static class AiObsStoreExtensions
{
    /// <summary>
    /// Adds a store: every event is written to it, and every cost record where cost tracking is added too, before or after. The container has the event log as
    /// <see cref="IEventLog"/> and the costs as <see cref="AiObs.Cost.ICostStore"/>.
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
    /// Adds a store beside others: every event is written to it, and the container has its event log as <see cref="IEventLog"/>, and its costs as
    /// <see cref="AiObs.Cost.ICostStore"/>, under its name as key. Cost tracking writes to the store without a name alone.
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
