using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Conventions.GenAI;
using AiObs.Conventions.OpenInference;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Writes operations on spans: under the names of all conventions in turn, scalars before content.</summary>
internal sealed class SpanWriter
{
    private const string ConventionPart = "convention";

    private readonly ISpanConvention[] _ownConventions;
    private readonly ISpanConvention[] _conventions;
    private readonly ISpanConvention[] _contentOrder;
    private readonly SpanOutcome _outcome;
    private readonly Faults _faults;
    private readonly Action<Activity, AgentOperation>? _enrich;
    private readonly Callback _enricher;
    private readonly bool _hasCustomConventions;
    private readonly bool _capturesContent;

    public SpanWriter(AgentObservabilityOptions options, SpanOutcome outcome, Faults faults)
    {
        GuardedConvention[] custom = [.. options.GetCustomConventions().Select(own => new GuardedConvention(own, options.CallbackTimeout, faults))];
        _ownConventions = Choose(options);
        _conventions = [.. _ownConventions, .. custom];
        _contentOrder = [.. _conventions.OrderBy(convention => convention.FlattensContent)];
        _hasCustomConventions = custom.Length > 0;
        _outcome = outcome;
        _faults = faults;
        _enrich = options.Enrich;
        _enricher = new Callback("enricher", options.CallbackTimeout, faults);
        _capturesContent = options.CaptureContent.HasFlag(ContentCapture.Spans);
    }

    /// <summary>Returns what the span of an operation is started with.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="openings">What remembers how spans like this one are started; <see langword="null"/> where each is different.</param>
    public SpanOpening OpeningOf(AgentOperation operation, SpanOpeningCache? openings) => openings is not null && !_hasCustomConventions
        ? openings.Get(operation, this, static (operation, writer) => writer.Describe(operation))
        : Describe(operation);

    /// <summary>Writes a finished operation on its span, whoever opened that.</summary>
    public void Write(Activity span, AgentOperation operation)
    {
        if (operation.IsForeignActivity)
        {
            WriteStartTags(span, operation);
        }
        else
        {
            operation.TagMode = HasForeignTags(span, operation) ? SpanTagMode.Replace : SpanTagMode.Append;
        }

        WriteResult(_conventions, span, operation);
        if (operation.IsAdopted)
        {
            // Whether content that stands there already may stay is not decided here.
            operation.TagMode = SpanTagMode.Complete;
        }

        WriteContent(_contentOrder, span, operation);
        if (_enrich is not null)
        {
            _faults.Run("enricher", (Writer: this, span, operation), static state => state.Writer.Enrich(state.span, state.operation));
        }

        if (!operation.IsAdopted)
        {
            _outcome.SetStatus(span, operation);
        }

        operation.IsWritten = true;
    }

    /// <summary>Writes an operation again on the span of somebody else's that it was written on before, when nobody else will write there any more.</summary>
    /// <remarks>Conventions of the application's own are left out: what they do cannot be done twice.</remarks>
    public void WriteAgain(Activity span, AgentOperation operation)
    {
        operation.TagMode = SpanTagMode.Replace;
        WriteStartTags(span, operation);
        WriteResult(_ownConventions, span, operation);
        WriteContent(_ownConventions, span, operation);
    }

    private void Enrich(Activity span, AgentOperation operation) => _enricher.TryRun(
        (Enrich: _enrich!, span, operation),
        static state =>
        {
            state.Enrich(state.span, state.operation);
            return true;
        },
        out _);

    private void WriteResult(ISpanConvention[] conventions, Activity span, AgentOperation operation)
    {
        foreach (var convention in conventions)
        {
            _faults.Run(
                ConventionPart,
                (convention, span, operation),
                static state => state.convention.WriteResult(state.span, state.operation));
        }
    }

    private void WriteContent(ISpanConvention[] conventions, Activity span, AgentOperation operation)
    {
        if (!_capturesContent)
        {
            return;
        }

        foreach (var convention in conventions)
        {
            _faults.Run(
                ConventionPart,
                (convention, span, operation),
                static state => state.convention.WriteContent(state.span, state.operation));
        }
    }

    private SpanOpening Describe(AgentOperation operation) => new(operation.Name, _outcome.SpanName(operation), StartTags(operation));

    /// <summary>Lets a convention add its start tags, which a lambda could not take by reference.</summary>
    private void Start(ISpanConvention convention, AgentOperation operation, ref TagList tags)
    {
        try
        {
            convention.Start(operation, ref tags);
        }
#pragma warning disable CA1031 // Observing never breaks the observed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _faults.Report("convention", exception);
        }
    }

    private KeyValuePair<string, object?>[] StartTags(AgentOperation operation)
    {
        var tags = default(TagList);
        foreach (var convention in _conventions)
        {
            Start(convention, operation, ref tags);
        }

        if (_hasCustomConventions)
        {
            return [.. tags.DistinctBy(static tag => tag.Key)];
        }

        var array = new KeyValuePair<string, object?>[tags.Count];
        tags.CopyTo(array);
        return array;
    }

    private void WriteStartTags(Activity span, AgentOperation operation)
    {
        var tags = new SpanTags(span, operation);
        foreach (var (key, value) in StartTags(operation))
        {
            if (value is not null)
            {
                tags.Put(key, value);
            }
        }
    }

    /// <summary>Tells whether somebody wrote on our span since it started; then every key must be looked up before it is written.</summary>
    private static bool HasForeignTags(Activity span, AgentOperation operation)
    {
        var count = 0;
        foreach (ref readonly var _ in span.EnumerateTagObjects())
        {
            count++;
        }

        return count != operation.StartTagCount;
    }

    private static ISpanConvention[] Choose(AgentObservabilityOptions options)
    {
        var conventions = new List<ISpanConvention>();
        var writesContent = options.CaptureContent.HasFlag(ContentCapture.Spans);
        var hasOpenInference = options.Conventions.HasFlag(SpanConventions.OpenInference);
        if (hasOpenInference)
        {
            conventions.Add(new OpenInferenceConvention(options.GenAIProfile, writesContent));
        }

        if (options.Conventions.HasFlag(SpanConventions.GenAI))
        {
            conventions.Add(new GenAIConvention(options.GenAIProfile, writesContext: !hasOpenInference, writesContent));
        }

        conventions.Add(new AiObsConvention());
        return [.. conventions];
    }
}
