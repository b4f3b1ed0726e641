using System.Diagnostics;
using AiObs.Operations;
using AiObs.Privacy;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AiObs.Pipeline;

/// <summary>Carries an operation from its source to everybody who hears of it: conventions, metrics, log records and observers.</summary>
internal sealed class OperationPipeline
{
    private readonly ObservabilityCore _core;
    private readonly LoopSource _loops;
    private readonly OperationAudience _audience;
    private readonly ContextReader _context;
    private readonly SpanOutcome _outcome;
    private readonly SpanWriter _writer;
    private readonly bool _isEnabled;
    private readonly bool _capturesInEvents;

    public OperationPipeline(ObservabilityCore core, AgentObservabilityOptions options, LoopSource loops)
    {
        _core = core;
        _loops = loops;
        Options = options;
        Masker = new ContentMasker(options, core.Faults);
        _context = new ContextReader(options.Privacy.UserIdHashKey, Masker.Redacts ? new ContextMasker(Masker).Mask : null, BaggageReader.Of(options.ReceivedBaggage, core.Faults))
        {
            RecordedMetadataKeys = [.. options.RecordedMetadataKeys],
            RecordsTags = options.RecordTags,
        };
        _outcome = new SpanOutcome(options, Masker, core.Faults);
        _writer = new SpanWriter(options, _outcome, core.Faults);
        _audience = new OperationAudience(core, options, _writer);
        _isEnabled = options.Enabled;
        _capturesInEvents = options.CaptureContent.HasFlag(ContentCapture.Events);
    }

    public AgentObservabilityOptions Options { get; }

    /// <summary>Gets the root, or the view of it for one client, that the pipeline is of: what a client answers that is asked for its root.</summary>
    public object? Root { get; init; }

    public ContentMasker Masker { get; }

    public Faults Faults => _core.Faults;

    public ActivitySource Source => _core.Source;

    /// <summary>Gets the source for function loops. Whatever is opened on it is heard of here; in all else it is <see cref="Source"/>.</summary>
    public ActivitySource LoopSource
    {
        get
        {
            var source = _loops.Get();
            if (source.HasListeners() || IsListening)
            {
                _loops.Listen();
            }

            return source;
        }
    }

    public TimeProvider Clock => _core.Clock;

    public OperationIds Ids => _core.Ids;

    /// <summary>Gets the answers that models gave, to whichever client of the root.</summary>
    public GivenAnswers Answers => _core.Answers;

    public ILogger Logger => _core.Logger;

    /// <summary>Gets a value indicating whether anybody would hear of an operation started now. When not, the caller must do nothing at all.</summary>
    public bool IsListening =>
        _isEnabled
        && (_core.Gates.Any || _audience.Listens)
        && IsOn;

    /// <summary>Gets a value indicating whether a model call has to be followed: somebody hears of it, or has a say in it whether or not observation is on.</summary>
    public bool FollowsModelCalls => (_core.Gates.Any && !AgentContext.IsCurrentSuppressed) || IsListening;

    /// <summary>Gets a value indicating whether this flow is to be observed at all, whoever may hear of it.</summary>
    public bool IsOn => _isEnabled && _core.Switch.IsOn && !AgentContext.IsCurrentSuppressed;

    /// <summary>Gets what warns of how clients are put together.</summary>
    public ClientWarnings Warnings => _core.Warnings;

    /// <summary>Gets the gates that model calls pass.</summary>
    public CallGates Gates => _core.Gates;

    /// <summary>Gets who hears of the operations.</summary>
    public OperationAudience Audience => _audience;

    /// <summary>Gets a value indicating whether what was said may be shown in events.</summary>
    public bool CapturesInEvents => _capturesInEvents;

    /// <summary>Finds what an observed client answers that is asked for a service; <see langword="null"/> where that is none of ours.</summary>
    public object? FindService(Type type) =>
        type == Root?.GetType() ? Root
        : type.IsAssignableTo(typeof(ICallGate)) ? Gates.All.FirstOrDefault(type.IsInstanceOfType)
        : null;

    /// <summary>Warns of a tracer that stands behind an observed client.</summary>
    public void WarnOfInnerTracer(ActivitySource? inner)
    {
        if (inner is not null && inner.Name != Source.Name)
        {
            _core.Warnings.InnerTracer(inner.Name);
        }
    }

    /// <summary>Asks the gates to let a model call through, before it is started.</summary>
    /// <exception cref="CallRefusedException">A gate refuses it.</exception>
    public ValueTask AdmitAsync(CallRequest request, CancellationToken cancellationToken)
    {
        Equip(request.Operation);
        return _core.Gates.AdmitAsync(request, cancellationToken);
    }

    /// <summary>Tells the gates of a model call that is made elsewhere.</summary>
    public void Adopt(CallRequest request)
    {
        Equip(request.Operation);
        _core.Gates.Adopt(request);
    }

    /// <summary>Starts an operation: it becomes the ambient one of the current flow, and its span the current activity.</summary>
    /// <param name="operation">The operation, with everything that is known of its request.</param>
    /// <param name="enclosing">A span of somebody else's for the very same work; it is enriched and no other one is opened.</param>
    /// <param name="openings">What remembers how spans like this one are started; <see langword="null"/> where each is different.</param>
    /// <remarks>Both last until the calling async method returns or the caller restores its execution context.</remarks>
    public void Start(AgentOperation operation, Activity? enclosing = null, SpanOpeningCache? openings = null)
    {
        operation.Parent = AmbientOperation.Current;
        operation.StartTimestamp = _core.Clock.GetTimestamp();
        Equip(operation);
        if (operation is ModelOperation { IsMuted: true } muted)
        {
            muted.LoopContext = FunctionInvokingChatClient.CurrentContext;
            muted.StartedAt = _core.Clock.GetUtcNow();
            AmbientOperation.Enter(muted);
            return;
        }

        AdoptUnasked(operation);
        _loops.Listen();
        if (operation is ModelOperation model)
        {
            StartModel(model);
        }

        operation.CountOnAgent();
        operation.Unanswered = operation is AgentRunOperation ? new() : null;
        if (enclosing is not null)
        {
            operation.Activity = enclosing;
            operation.IsForeignActivity = true;
            operation.TagMode = SpanTagMode.FillIn;
            EnrichedSpan.Mark(enclosing, operation, this);
        }
        else if (_core.Source.HasListeners())
        {
            // Without a span there is still a call to count, to price and to hold to its budgets.
            operation.Activity = Faults.Get(
                "span", (Pipeline: this, operation, openings), static state => state.Pipeline.StartSpan(state.operation, state.openings));
        }

        operation.StartedAt = TellsTime(operation) ? operation.Activity!.StartTimeUtc : _core.Clock.GetUtcNow();
        AmbientOperation.Enter(operation);
        _audience.Started(operation);
    }

    /// <summary>Takes over an operation that another library has run and traced; its span has ended, and everything is known of it.</summary>
    /// <param name="operation">The operation, with everything that its span says.</param>
    /// <param name="span">The span. Its status and its name stay as they are.</param>
    /// <param name="error">What went wrong; <see langword="null"/> when nothing did.</param>
    public void Adopt(AgentOperation operation, Activity span, OperationError? error)
    {
        operation.Activity = span;
        operation.IsForeignActivity = operation.IsAdopted = true;
        operation.TagMode = SpanTagMode.Replace;
        operation.StartedAt = span.StartTimeUtc;
        Equip(operation);
        AdoptUnasked(operation);
        _audience.Started(operation);
        operation.Duration = span.Duration;
        operation.Outcome = error is null ? OperationOutcome.Completed : OperationOutcome.Failed;
        operation.Error = error;
        Spread(operation);

        // Nobody can wait in the place where other libraries end their spans.
        operation.Confirmation?.Forgo();
    }

    /// <summary>Puts an operation once more on the span of somebody else's that it enriched, now that nobody else will write there.</summary>
    public void WriteAgain(AgentOperation operation) => _writer.WriteAgain(operation.Activity!, operation);

    /// <summary>Reads for whom an operation is that is about to start.</summary>
    public OperationContext ReadContext(AgentOperation operation) => ReadContext(operation.Context.ConversationId);

    /// <summary>Reads for whom something is that happens now.</summary>
    public OperationContext ReadContext(string? fallbackConversation)
    {
        var context = Faults.Get("context", _context, static context => context.Read()) ?? OperationContext.Empty;
        return context.WithFallbackConversation(fallbackConversation);
    }

    /// <summary>Returns what stands in the place of a user's id.</summary>
    public string? UserIdOf(string? userId) => _context.Pseudonymise(userId);

    /// <summary>Ends an operation well: everything about its response must be on it.</summary>
    public void Complete(AgentOperation operation) => End(operation, OperationOutcome.Completed);

    /// <summary>Ends an operation whose stream the consumer left before the end.</summary>
    public void Abandon(AgentOperation operation) => End(operation, OperationOutcome.Abandoned);

    /// <summary>Ends an operation that threw.</summary>
    public void Fail(AgentOperation operation, Exception exception, bool callerCancelled)
    {
        if (operation is ModelOperation model && UnsentCalls.Has(model, exception))
        {
            Refuse(model, exception);
            return;
        }

        var isCancelled = callerCancelled && exception is OperationCanceledException;
        End(operation, isCancelled ? OperationOutcome.Cancelled : OperationOutcome.Failed, exception);
    }

    /// <summary>Ends an operation that failed without throwing.</summary>
    public void Fail(AgentOperation operation, OperationError error) => End(operation, OperationOutcome.Failed, error: error);

    /// <summary>Ends an operation that threw something of which no more is known than this.</summary>
    public void Fail(AgentOperation operation, string exceptionType, string? message) => Fail(operation, new OperationError(
        exceptionType,
        exceptionType,
        message is null ? null : Faults.Get(
            "error", (Masker, operation, message), static state => state.Masker.ExceptionMessage(state.operation, state.message)),
        StackTrace: null));

    /// <summary>Ends a model call that its client did not make: nothing was sent, so that there is neither a span nor a cost, and what was reserved is free again.</summary>
    private void Refuse(ModelOperation operation, Exception exception)
    {
        if (!TryEnd(operation, OperationOutcome.Refused))
        {
            return;
        }

        _core.Gates.Release(operation);
        if (operation.IsMuted)
        {
            return;
        }

        operation.Error = _outcome.Describe(operation, exception);
        operation.UncountOnAgent();
        _audience.Refused(operation);
        SpanEnd.Mute(operation);
        SpanEnd.Stop(operation, TellsTime(operation), Faults);
    }

    private bool TryEnd(AgentOperation operation, OperationOutcome outcome)
    {
        if (operation.Outcome != OperationOutcome.Running)
        {
            return false;
        }

        operation.Outcome = outcome;
        Faults.Run("clock", (operation, _core.Clock), static state => state.operation.Duration = state.operation.ElapsedOn(state.Clock));
        return true;
    }

    private void End(AgentOperation operation, OperationOutcome outcome, Exception? exception = null, OperationError? error = null)
    {
        if (!TryEnd(operation, outcome))
        {
            return;
        }

        if (operation is ModelOperation { IsMuted: true } muted)
        {
            _core.Gates.Settle(muted);
            return;
        }

        operation.Error = exception is null ? error : _outcome.Describe(operation, exception);
        Faults.Run("tool", (Pipeline: this, operation, exception), static state => state.Pipeline.CloseLoops(state.operation, state.exception));
        Spread(operation);
        SpanEnd.Stop(operation, TellsTime(operation), Faults);
    }

    /// <summary>Ends the tools of an agent whose results nobody was told, before the agent itself.</summary>
    private void CloseLoops(AgentOperation operation, Exception? exception)
    {
        if (operation.Unanswered is { } tools)
        {
            operation.Confirmation = tools.Close(exception, operation.Outcome == OperationOutcome.Cancelled, operation.Confirmation);
        }

        if (operation is AgentRunOperation { UnobservedTool: { } tool })
        {
            _core.Warnings.UnobservedTool(operation.Name, tool);
        }
    }

    /// <summary>Gives an operation what it needs of its surroundings, unless the gates have asked for it before.</summary>
    private void Equip(AgentOperation operation)
    {
        if (operation.IsEquipped)
        {
            return;
        }

        operation.IsEquipped = true;
        operation.Context = ReadContext(operation);
        operation.AllowsEventContent = _capturesInEvents;
        if (operation is ModelOperation model)
        {
            model.TakeIdsFrom(_core.Ids);
            model.Observers = model.IsMuted ? OperationObservers.None : _core.Observers;
        }
    }

    /// <summary>Tells the gates of a model call that they were not asked about.</summary>
    private void AdoptUnasked(AgentOperation operation)
    {
        if (operation is ModelOperation { IsAdmitted: false } model)
        {
            Adopt(new CallRequest(model, Messages: null, Options: null, Values: null));
        }
    }

    private void StartModel(ModelOperation model)
    {
        model.LoopContext = FunctionInvokingChatClient.CurrentContext;
        if (Options.RecordAttempts)
        {
            model.AttemptCounting = AttemptCounting.ByRequest;
            _core.Attempts.Start();
            model.NoteAsked();
        }

        if (model.Parent is ModelOperation { IsTraced: true } traced && traced.Kind == model.Kind)
        {
            traced.GiveWay();
            _core.Warnings.TracedAroundObserved(traced.Kind == OperationKind.Chat ? "TraceLlmAsync" : "TraceEmbeddingAsync");
        }
    }

    /// <summary>Carries the end of an operation to everybody.</summary>
    private void Spread(AgentOperation operation)
    {
        if (operation is ModelOperation model)
        {
            Settle(model);
        }

        operation.CountInside();
        _core.Counts.Note(operation);
        _core.RecentAnswers.Note(operation);
        _audience.Completed(operation);
    }

    /// <summary>Tells whether the span of an operation, and no other clock, says when it was: then both have the same times, and the clock is read half as often.</summary>
    private bool TellsTime(AgentOperation operation) =>
        operation is { Activity: not null, IsForeignActivity: false } && ReferenceEquals(_core.Clock, TimeProvider.System);

    /// <summary>Settles a call with its gates before anybody hears of its end: what it cost stands on the span too.</summary>
    private void Settle(ModelOperation model)
    {
        if (model.GivesWay)
        {
            // What was used belongs to the operation inside.
            model.Usage = null;
            model.ReportedCost = null;
            _core.Gates.Release(model);
        }
        else
        {
            _core.Gates.Settle(model);
        }
    }

    private Activity? StartSpan(AgentOperation operation, SpanOpeningCache? openings)
    {
        var opening = _writer.OpeningOf(operation, openings);
        operation.StartTagCount = opening.Tags.Length;
        if (!opening.MayHoldLoops)
        {
            return opening.Start(_core.Source, operation);
        }

        operation.Unanswered ??= new();
        return opening.Start(LoopSource, operation);
    }
}
