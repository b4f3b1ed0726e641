using AiObs.Cost.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Events.Log;

/// <summary>Says where an event log keeps its events, how it protects them, and how they get to it.</summary>
public sealed class EventLogBuilder
{
    private readonly List<Action<EventSinkOptions>> _deliveryChanges = [];
    private Func<IServiceProvider, IEventLog>? _createLog;

    internal EventLogBuilder(IServiceCollection services, string? name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>Gets the services that the log is built from.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Gets the name; <see langword="null"/> for the log without one.</summary>
    public string? Name { get; }

    private string OptionsName => Name ?? Options.DefaultName;

    /// <summary>Changes how the log protects what it holds.</summary>
    /// <param name="configure">The change.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    public EventLogBuilder Configure(Action<EventLogOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(OptionsName, configure);
        return this;
    }

    /// <summary>Changes how events get to the log.</summary>
    /// <param name="configure">
    /// The change. By default calls never wait for the log, and events that find its queue full are dropped and counted;
    /// an audit that must not miss any sets <see cref="EventSinkOptions.Delivery"/> to <see cref="EventDelivery.Durable"/>.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    public EventLogBuilder ConfigureDelivery(Action<EventSinkOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _deliveryChanges.Add(configure);
        return this;
    }

    /// <summary>Keeps the latest events in memory; they go with the process.</summary>
    /// <param name="capacity">How many events are kept; the oldest are dropped. Must lie between 1 and 1,000,000.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> lies outside of that range.</exception>
    public EventLogBuilder UseInMemory(int capacity = InMemoryEventLog.DefaultCapacity)
    {
        InMemoryEventLog.ThrowIfInvalid(capacity);
        return UseFactory((provider, options) => new InMemoryEventLog(capacity, options, provider.GetService<TimeProvider>()));
    }

    /// <summary>Uses a log of any kind. The container disposes it, after the last event was written.</summary>
    /// <param name="create">Makes the log, with the options set by <see cref="Configure"/>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is <see langword="null"/>.</exception>
    public EventLogBuilder UseFactory(Func<IServiceProvider, EventLogOptions, IEventLog> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _createLog = provider => create(provider, OptionsOf(provider));
        return this;
    }

    /// <summary>Keeps cost records beside the events: of all cost tracking for the log without a name, else for whoever asks for the store by the log's name.</summary>
    /// <param name="create">Makes the store, with the options set by <see cref="Configure"/>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is <see langword="null"/>.</exception>
    public EventLogBuilder UseCostStore(Func<IServiceProvider, EventLogOptions, ICostStore> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        if (Name is null)
        {
            Services.AddSingleton(provider => create(provider, OptionsOf(provider)));
        }
        else
        {
            Services.AddKeyedSingleton(Name, (provider, _) => create(provider, OptionsOf(provider)));
        }

        return this;
    }

    /// <summary>Makes the log.</summary>
    /// <exception cref="InvalidOperationException">Nothing says where it keeps its events.</exception>
    internal Func<IServiceProvider, IEventLog> Build() => _createLog ?? throw new InvalidOperationException(
        $"The event log{(Name is null ? "" : $" '{Name}'")} has no place to keep its events. "
        + "Call one of the Use methods in AddEventLog, such as UseSqlite(\"Data Source=aiobs.db\") from AiObs.Storage.Sqlite or UseInMemory().");

    /// <summary>Makes the changes of <see cref="ConfigureDelivery"/>.</summary>
    internal void ApplyDelivery(EventSinkOptions options)
    {
        foreach (var change in _deliveryChanges)
        {
            change(options);
        }
    }

    private EventLogOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptionsMonitor<EventLogOptions>>().Get(OptionsName);
}
