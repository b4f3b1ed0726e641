using System.Diagnostics;
using AiObs.Events;
using AiObs.Events.Raising;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>The events of one root: raise your own, add and remove sinks, flush.</summary>
public sealed class AgentEvents
{
    private readonly ObservabilityCore _core;
    private readonly EventOptions _options;
    private readonly EventDispatcher _dispatcher;
    private readonly EventGate _gate;
    private readonly TrackedEvents _tracked;
    private readonly KeptEvents _kept;
    private readonly OperationEvents _operations;

    internal AgentEvents(ObservabilityCore core, OperationPipeline pipeline, EventOptions options)
        : this(core, pipeline, options, new EventDispatcher(core, options.ShutdownTimeout))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="AgentEvents"/> class for one client: what its sinks receive, those of the root do too.</summary>
    internal AgentEvents(ObservabilityCore core, OperationPipeline pipeline, AgentEvents shared)
        : this(core, pipeline, shared._options, new EventDispatcher(core, shared._options.ShutdownTimeout, shared._dispatcher))
    {
    }

    private AgentEvents(ObservabilityCore core, OperationPipeline pipeline, EventOptions options, EventDispatcher dispatcher)
    {
        _core = core;
        _options = options;
        _dispatcher = dispatcher;
        _gate = new EventGate(_dispatcher, options, core);
        _tracked = new TrackedEvents(pipeline, options);
        _kept = new KeptEvents(pipeline, _tracked, _gate);
        _operations = new OperationEvents(_gate, options, core.Clock);
    }

    /// <summary>Raises an event of the application's own.</summary>
    /// <param name="type">What happened; one of <see cref="AgentEventTypes"/> or a word of the application's own.</param>
    /// <param name="data">The facts: texts, booleans, numbers, times, ids, and lists and dictionaries of these. Copied.</param>
    /// <param name="content">What was said: a text, or anything that can be written as JSON. Left out unless content is recorded in events.</param>
    /// <param name="id">The id; by default a new one. Tracking an event again under its id leaves one in event logs.</param>
    /// <param name="time">When it happened; by default now.</param>
    /// <param name="conversationId">The conversation; by default that of the flow.</param>
    /// <param name="userId">The user; by default that of the flow. Hashed where <see cref="AiObs.PrivacyOptions.UserIdHashKey"/> is set.</param>
    /// <param name="sessionId">The session; by default that of the flow.</param>
    /// <param name="cancellationToken">Ends the wait for durable sinks; the event stays raised.</param>
    /// <returns>
    /// The event as sinks see it; <see langword="null"/> when no sink wants it, the redactor dropped it, or observation is off or suppressed.
    /// With <see cref="EventDelivery.Durable"/> sinks the task ends when they have written it.
    /// </returns>
    /// <exception cref="ArgumentException">The type is empty, too long or has control characters; or the data holds what no event can carry.</exception>
    /// <exception cref="EventDeliveryException">A durable sink did not confirm, and its options ask for this.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<AgentEvent?> TrackAsync(
        string type,
        IEnumerable<KeyValuePair<string, object?>>? data = null,
        object? content = null,
        Guid? id = null,
        DateTimeOffset? time = null,
        string? conversationId = null,
        string? userId = null,
        string? sessionId = null,
        CancellationToken cancellationToken = default)
    {
        var draft = TrackedEvents.Draft(type, data, id, time ?? _core.Clock.GetUtcNow()) with
        {
            ConversationId = conversationId,
            UserId = userId,
            SessionId = sessionId,
        };
        return PassAsync(draft, content, static (tracked, type, content) => tracked.ContentOf(type, content), cancellationToken);
    }

    /// <summary>Raises an event that the application made. What it does not say of conversation, user, session and span is taken from the flow.</summary>
    /// <param name="item">The event; its id and time stay.</param>
    /// <param name="cancellationToken">Ends the wait for durable sinks; the event stays raised.</param>
    /// <returns>
    /// The event as sinks see it; <see langword="null"/> when no sink wants it, the redactor dropped it, or observation is off or suppressed.
    /// With <see cref="EventDelivery.Durable"/> sinks the task ends when they have written it.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The event has no id or no time, its type or data is not valid, or its content is not JSON.</exception>
    /// <exception cref="EventDeliveryException">A durable sink did not confirm, and its options ask for this.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<AgentEvent?> TrackAsync(AgentEvent item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        var draft = TrackedEvents.Draft(item.Type, item.Data, item.Id, item.Time) with
        {
            ConversationId = item.ConversationId,
            UserId = item.UserId,
            SessionId = item.SessionId,
            TraceId = item.TraceId,
            SpanId = item.SpanId,
        };
        TrackedEvents.ThrowIfNotJson(item.Content);
        return PassAsync(draft, item.Content, static (tracked, type, content) => tracked.JsonOf(type, content), cancellationToken);
    }

    /// <summary>Raises the event of a feedback. Who gives it is who is there now; what it is about is the answer.</summary>
    internal async ValueTask RaiseFeedbackAsync(
        RecentAnswers.Place place, string? responseId, string name, double? score, string? label, string? comment, CancellationToken cancellationToken)
    {
        var facts = new FactList(4);
        facts.Add(EventDataKeys.Name, name);
        facts.Add(EventDataKeys.Score, score);
        facts.Add(EventDataKeys.Label, label);
        facts.Add(EventDataKeys.ResponseId, responseId);
        var isOnSpan = place.Span != default;
        var draft = new EventDraft(AgentEventTypes.FeedbackReceived, facts.ToData(), _core.Clock.GetUtcNow())
        {
            ConversationId = place.ConversationId,
            SessionId = place.SessionId,
            TraceId = isOnSpan ? place.Span.TraceId.ToHexString() : null,
            SpanId = isOnSpan ? place.Span.SpanId.ToHexString() : null,
        };
        await PassAsync(draft, comment, static (tracked, type, content) => tracked.ContentOf(type, content), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="KeptEvents.IsWanted"/>
    internal bool IsWanted(string type) => _kept.IsWanted(type);

    /// <inheritdoc cref="KeptEvents.Make"/>
    internal AgentEvent? Make(in EventDraft draft, ChatMessage? said = null) => _kept.Make(draft, said);

    /// <summary>Hands events to the sinks that were made before and are kept by now.</summary>
    /// <returns>A task that ends when durable sinks have written them.</returns>
    internal async ValueTask PostAsync(IReadOnlyList<AgentEvent> made, CancellationToken cancellationToken)
    {
        DeliveryReceipt? receipt = null;
        foreach (var item in made)
        {
            _gate.Post(item, ref receipt);
        }

        if (receipt is not null)
        {
            await receipt.ConfirmAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds a sink at run time.</summary>
    /// <param name="sink">The sink; the caller disposes it after what this returns.</param>
    /// <param name="configure">How events get to it.</param>
    /// <param name="name">Its name in metrics, logs, health checks and <see cref="GetSinks"/>; by default that of its type.</param>
    /// <returns>
    /// What removes the sink once it is disposed: the sink receives nothing new, writes what waits within <see cref="EventOptions.ShutdownTimeout"/>,
    /// and is not touched afterwards. A write that ignores its cancellation is the exception.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="sink"/> is <see langword="null"/>.</exception>
    /// <exception cref="OptionsValidationException">An option has a value that it cannot have.</exception>
    /// <exception cref="ObjectDisposedException">The root was disposed.</exception>
    public IAsyncDisposable AddSink(IAgentEventSink sink, Action<EventSinkOptions>? configure = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var options = new EventSinkOptions();
        configure?.Invoke(options);
        name ??= sink.GetType().Name;
        EventSinkOptionsValidator.ThrowIfInvalid(name, options);
        return Add(name, sink, options);
    }

    /// <summary>Tells how each sink does.</summary>
    /// <returns>One entry per sink, in the order in which they were added.</returns>
    public IReadOnlyList<EventSinkStatus> GetSinks() => [.. _dispatcher.Sinks.Select(static sink => sink.Status)];

    /// <summary>Waits until every sink has written what was raised before, and holds nothing back.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when all is written.</returns>
    /// <exception cref="EventDeliveryException">A sink could not write it within <see cref="EventOptions.ShutdownTimeout"/>; its events still wait.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var failed = await _dispatcher.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (failed.Count > 0)
        {
            var names = string.Join(", ", failed.Select(static sink => sink.Name));
            throw new EventDeliveryException($"Not flushed: {names}. Their events still wait to be written.", failed[0].Reason)
            {
                Sinks = [.. failed.Select(static sink => sink.Name)],
            };
        }
    }

    internal IAsyncDisposable Add(string name, IAgentEventSink sink, EventSinkOptions options) =>
        Add(dispatcher => dispatcher.Add(name, sink, options.Clone()));

    internal IAsyncDisposable Add(Func<EventDispatcher, EventSinkChannel> add)
    {
        lock (_operations)
        {
            var channel = add(_dispatcher);
            _core.Observers.Add(_operations);
            return new EventSinkSubscription(this, channel);
        }
    }

    internal async Task RemoveAsync(EventSinkChannel channel)
    {
        lock (_operations)
        {
            _dispatcher.Remove(channel);
            if (_dispatcher.IsEmpty)
            {
                _core.Observers.Remove(_operations);
            }
        }

        await channel.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Returns the observers of a client with events of its own: those of the root, but for the one that raises events.</summary>
    internal OperationObservers ObserversOfClient() => new(_core.Observers, _operations);

    /// <inheritdoc cref="EventDispatcher.DisposeAsync"/>
    internal Task DisposeAsync(string name, Func<Task> dispose) => _dispatcher.DisposeAsync(name, dispose);

    /// <summary>Writes what waits and stops all sinks.</summary>
    internal Task StopAsync() => _dispatcher.StopAsync();

    private ValueTask<AgentEvent?> PassAsync<TContent>(
        in EventDraft draft, TContent content, Func<TrackedEvents, string, TContent, string?> mask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_tracked.IsOn || !_gate.IsWanted(draft.Type))
        {
            return default;
        }

        var completed = _tracked.InFlow(draft) with
        {
            IsTracked = true,
            AllowsContent = _tracked.AllowsContent,
            Content = _tracked.AllowsContent ? mask(_tracked, draft.Type, content) : null,
        };
        DeliveryReceipt? receipt = null;
        var shown = _gate.Pass(completed.On(Activity.Current), ref receipt);
        return receipt is null ? new(shown) : ConfirmAsync(shown, receipt, cancellationToken);
    }

    private static async ValueTask<AgentEvent?> ConfirmAsync(AgentEvent? shown, DeliveryReceipt receipt, CancellationToken cancellationToken)
    {
        await receipt.ConfirmAsync(cancellationToken).ConfigureAwait(false);
        return shown;
    }
}
