using AiObs.Cost;
using AiObs.Events;
using AiObs.Store.InMemory;
using AiObs.Store.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Store;

/// <summary>Says where a store keeps its parts, which parts those are, and how events get to it.</summary>
public sealed class StoreBuilder
{
    /// <summary>What the store without a name is called in telemetry.</summary>
    internal const string DefaultName = "default";

    private const StoreParts AllParts = StoreParts.Events | StoreParts.Costs | StoreParts.Traces | StoreParts.Conversations;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(24);

    private readonly List<Action<EventSinkOptions>> _deliveryChanges = [];
    private Func<IServiceProvider, EventLogOptions, IEventLog>? _createEvents;
    private Func<IServiceProvider, ICostStore>? _createCosts;
    private Func<IServiceProvider, TraceOptions, ITraceStore>? _createTraces;
    private Func<IServiceProvider, IConversationStore>? _createConversations;
    private StoreParts? _wanted;

    internal StoreBuilder(IServiceCollection services, string? name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>Gets the services that the store is built from.</summary>
    internal IServiceCollection Services { get; }

    /// <summary>Gets the name; <see langword="null"/> for the store without one.</summary>
    internal string? Name { get; }

    /// <summary>Gets how often the event log is verified; <see langword="null"/> for never.</summary>
    internal TimeSpan? VerificationInterval { get; private set; }

    private string Title => Name is null ? "The store" : $"The store '{Name}'";

    private StoreParts Offered => (_createEvents is null ? 0 : StoreParts.Events)
        | (_createCosts is null ? 0 : StoreParts.Costs)
        | (_createTraces is null ? 0 : StoreParts.Traces)
        | (_createConversations is null ? 0 : StoreParts.Conversations);

    /// <summary>Keeps the latest events, cost records, traces and conversations in memory; they go with the process.</summary>
    /// <param name="capacity">
    /// How many events are kept; the oldest are dropped. Must lie between 1 and 1,000,000. <see cref="CostTrackingOptions.StoreCapacity"/> says how many cost records are, and
    /// <see cref="ConfigureTraces"/> how many traces.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> lies outside of that range.</exception>
    /// <exception cref="InvalidOperationException">The store has a place already.</exception>
    public StoreBuilder UseInMemory(int capacity = InMemoryEventLog.DefaultCapacity)
    {
        InMemoryEventLog.ThrowIfInvalid(capacity);
        return Use(
            (provider, options) => new ObservedEventLog(new InMemoryEventLog(capacity, options, provider.GetService<TimeProvider>()), Operations(provider)),
            provider => new ObservedCostStore(
                new InMemoryCostStore(provider.GetRequiredService<IOptions<CostTrackingOptions>>().Value.StoreCapacity, provider.GetService<TimeProvider>()), Operations(provider)),
            (provider, options) => new InMemoryTraceStore(options, provider.GetService<TimeProvider>(), Operations(provider)),
            provider => new InMemoryConversationStore(InMemoryConversationStore.DefaultCapacity, Operations(provider)));
    }

    /// <summary>Keeps the parts in logs and stores of any kind. The container disposes them, after the last event was written.</summary>
    /// <param name="events">Makes the event log, with the options set by <see cref="ConfigureEvents"/>; <see langword="null"/> where events are not kept.</param>
    /// <param name="costs">Makes the cost store; <see langword="null"/> where costs are not kept.</param>
    /// <param name="traces">Makes the trace store, with the options set by <see cref="ConfigureTraces"/>, or the defaults in a store with a name; <see langword="null"/> where traces are not kept.</param>
    /// <param name="conversations">Makes the conversation store; <see langword="null"/> where conversations are not kept.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The store has a place already.</exception>
    public StoreBuilder Use(
        Func<IServiceProvider, EventLogOptions, IEventLog>? events = null,
        Func<IServiceProvider, ICostStore>? costs = null,
        Func<IServiceProvider, TraceOptions, ITraceStore>? traces = null,
        Func<IServiceProvider, IConversationStore>? conversations = null)
    {
        if (Offered != 0)
        {
            throw new InvalidOperationException(
                $"{Title} has a place already, so a second Use line in the same AddStore is one too many. For parts that are kept in different places, write AddStore once for each, "
                + $"with s.Keep(StoreParts.{StoreParts.Events}) and s.Keep(StoreParts.{StoreParts.Costs}); for copies, give each a name of its own, such as AddStore(\"audit\", …).");
        }

        _createEvents = events;
        _createCosts = costs;
        _createTraces = traces;
        _createConversations = conversations;
        return this;
    }

    /// <summary>Keeps these parts alone, so that others can be kept elsewhere.</summary>
    /// <param name="parts">The parts. By default a store keeps all that it can.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parts"/> names no part, or one that there is not.</exception>
    public StoreBuilder Keep(StoreParts parts)
    {
        if (parts == 0 || (parts & ~AllParts) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(parts), parts, $"A store keeps {AllParts}, or one of them.");
        }

        _wanted = parts;
        return this;
    }

    /// <summary>Changes how the event log protects what it holds.</summary>
    /// <param name="configure">The change.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    public StoreBuilder ConfigureEvents(Action<EventLogOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(Name ?? Options.DefaultName, configure);
        return this;
    }

    /// <summary>Changes how traces are kept, and how spans get to the store.</summary>
    /// <param name="configure">The change.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The store has a name: spans are written to the one without alone.</exception>
    public StoreBuilder ConfigureTraces(Action<TraceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        if (Name is not null)
        {
            throw new InvalidOperationException(
                $"ConfigureTraces has no effect on {Title[..1].ToLowerInvariant()}{Title[1..]}: spans are written to the store without a name alone. "
                + "Write the line in its AddStore, or AddTraces(o => …). A store in memory that you fill yourself takes its options from you: Use(traces: (_, _) => new InMemoryTraceStore(options)).");
        }

        Services.Configure(configure);
        return this;
    }

    /// <summary>Changes how events get to the event log.</summary>
    /// <param name="configure">
    /// The change. By default calls never wait for the log, and events that find its queue full are dropped and counted;
    /// an audit that must not miss any sets <see cref="EventSinkOptions.Delivery"/> to <see cref="EventDelivery.Durable"/>.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    public StoreBuilder ConfigureDelivery(Action<EventSinkOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _deliveryChanges.Add(configure);
        return this;
    }

    /// <summary>Has the host verify the event log: at its start, and then from time to time. <see cref="ScheduledVerification"/> says what the last one found.</summary>
    /// <param name="interval">How often. Must lie between 1 minute and 24 days. A verification reads the whole log, so that hours are enough for a large one.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> lies outside of that range.</exception>
    /// <remarks>Each is also made against what the one before found, in this process. A log that is not intact is logged as an error, and is a finding of the <see cref="Doctor"/>.</remarks>
    public StoreBuilder VerifyEvery(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, ShortestInterval);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, LongestInterval);
        VerificationInterval = interval;
        return this;
    }

    /// <summary>Returns the parts that the store keeps.</summary>
    /// <exception cref="InvalidOperationException">Nothing says where, or a part is wanted that is kept nowhere.</exception>
    internal StoreParts KeptParts()
    {
        if (Offered == 0)
        {
            throw new InvalidOperationException(
                $"{Title} has no place to keep anything. Say where in AddStore, with one of these lines: s.UseSqlite(\"Data Source=aiobs.db\") of the package AiObs.Store.Sqlite, "
                + "s.UsePostgreSql(connectionString) of the package AiObs.Store.PostgreSql, or s.UseInMemory().");
        }

        var wanted = _wanted ?? Offered;
        if (VerificationInterval is not null && !wanted.HasFlag(StoreParts.Events))
        {
            throw new InvalidOperationException($"{Title} keeps no events, so that VerifyEvery has nothing to verify. Move it to the store that keeps them.");
        }

        return (wanted & ~Offered) == 0
            ? wanted
            : throw new InvalidOperationException($"{Title} is to keep {wanted & ~Offered}, and its Use line says nothing of where. It can keep {Offered}.");
    }

    /// <summary>Returns what runs the operations of a store in memory.</summary>
    internal static StoreOperations OperationsInMemory(string name, IServiceProvider provider) =>
        new(name, "memory", static exception => exception, provider.GetService<TimeProvider>() ?? TimeProvider.System);

    internal IEventLog CreateEvents(IServiceProvider provider) =>
        _createEvents!(provider, provider.GetRequiredService<IOptionsMonitor<EventLogOptions>>().Get(Name ?? Options.DefaultName));

    internal ICostStore CreateCosts(IServiceProvider provider) => _createCosts!(provider);

    internal ITraceStore CreateTraces(IServiceProvider provider) => _createTraces!(provider, Name is null ? TraceRegistration.OptionsOf(provider) : new());

    internal IConversationStore CreateConversations(IServiceProvider provider) => _createConversations!(provider);

    private StoreOperations Operations(IServiceProvider provider) => OperationsInMemory(Name ?? DefaultName, provider);

    /// <summary>Makes the changes of <see cref="ConfigureDelivery"/>.</summary>
    internal void ApplyDelivery(EventSinkOptions options)
    {
        foreach (var change in _deliveryChanges)
        {
            change(options);
        }
    }
}
