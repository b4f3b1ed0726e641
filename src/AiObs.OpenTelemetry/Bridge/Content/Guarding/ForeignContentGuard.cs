using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Privacy;
using AiObs.Privacy.Keys;

namespace AiObs.OpenTelemetry.Bridge.Content.Guarding;

/// <summary>Holds the content that other libraries put on their spans to the rules for ours.</summary>
internal sealed class ForeignContentGuard
{
    /// <summary>What the faults of the bridge are counted as.</summary>
    public const string Part = "bridge";

    private readonly OperationPipeline _pipeline;
    private readonly ContentMasker _masker;
    private readonly TagMasker _tags;
    private readonly EventMasker _events;
    private readonly bool _isAtWork;
    private readonly bool _limits;
    private readonly bool _hashesUserIds;
    private readonly bool _mayShow;

    /// <summary>Creates the guard of one root.</summary>
    /// <param name="mode">What is to become of their content.</param>
    /// <param name="pipeline">The pipeline of the root, whose options say what is hidden and redacted.</param>
    public ForeignContentGuard(ForeignContentMode mode, OperationPipeline pipeline)
    {
        var messages = new MessageMasker(pipeline.Masker, pipeline.Faults);
        _pipeline = pipeline;
        _masker = pipeline.Masker;
        _tags = new TagMasker(_masker, new AttributeMasker(_masker, messages), pipeline.Faults);
        _events = new EventMasker(_tags, new EventBodyMasker(_masker, messages), pipeline.Faults);
        _isAtWork = mode == ForeignContentMode.Remove || (mode == ForeignContentMode.FollowPrivacy && _masker.IsAtWork);
        _limits = mode != ForeignContentMode.Keep;
        _hashesUserIds = mode != ForeignContentMode.Keep && pipeline.Options.Privacy.UserIdHashKey is not null;
        _mayShow = pipeline.Options.CaptureContent.HasFlag(ContentCapture.Spans);
    }

    /// <summary>
    /// Masks or removes what stands on a span. Runs after its content was read and before anything of ours is written on it: what is
    /// there then is taken for the library's.
    /// </summary>
    /// <param name="span">The span, which must have stopped.</param>
    /// <param name="operation">What it stands for; <see langword="null"/> when nothing of ours does.</param>
    public void Apply(Activity span, AgentOperation? operation)
    {
        if (_hashesUserIds)
        {
            _pipeline.Faults.Run(Part, (Guard: this, span, operation), static state => state.Guard.HashUserIds(state.span, state.operation));
        }

        if (_isAtWork)
        {
            var standIn = StandIn.For(span);
            _pipeline.Faults.Run(Part, (Guard: this, span, standIn), static state => state.Guard.MaskTags(state.span, state.standIn));
            _pipeline.Faults.Run(Part, (Guard: this, span, standIn), static state => state.Guard._events.Mask(state.span, state.standIn, state.Guard._mayShow));
            _pipeline.Faults.Run(Part, (Guard: this, span, standIn), static state => state.Guard.MaskStatus(state.span, state.standIn));
        }
        else if (_limits)
        {
            _pipeline.Faults.Run(Part, (Guard: this, span), static state => state.Guard.Shorten(state.span));
            if (_mayShow)
            {
                _pipeline.Faults.Run(Part, (Guard: this, span), static state => state.Guard.MendMessages(state.span));
            }
        }
    }

    /// <summary>Holds content to the limits of length where nothing else is wanted of it: backends refuse whole batches because of one large tag.</summary>
    private void Shorten(Activity span)
    {
        if (!HasLongContent(span))
        {
            return;
        }

        var standIn = StandIn.For(span);
        foreach (var (key, values) in TagsOf(span))
        {
            if (values[^1] is string text && IsTooLong(text) && _tags.Mask(span, standIn, key, text, mayShow: true) is var shown && IsShorter(shown, text))
            {
                Replace(span, key, values.Count, shown);
            }
        }

        _events.Mask(span, standIn, mayShow: true, IsTooLong);
    }

    /// <summary>Writes messages of an older form in that of their key, which is all that backends read there.</summary>
    private void MendMessages(Activity span)
    {
        foreach (var key in (ReadOnlySpan<string>)[GenAiAttributes.InputMessages, GenAiAttributes.OutputMessages])
        {
            if (span.GetTagItem(key) is string { Length: > 0 } text
                && !text.Contains("\"parts\"", StringComparison.Ordinal)
                && _tags.Mask(span, StandIn.For(span), key, text, mayShow: true) is string mended)
            {
                span.SetTag(key, mended);
            }
        }
    }

    private bool HasLongContent(Activity span)
    {
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (IsTooLong(tag.Value))
            {
                return true;
            }
        }

        foreach (ref readonly var item in span.EnumerateEvents())
        {
            foreach (ref readonly var tag in item.EnumerateTagObjects())
            {
                if (IsTooLong(tag.Value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsTooLong(object? value) => value is string text
        && (text.Length > _pipeline.Options.Privacy.MaxContentLength
            || (text.Length > _pipeline.Options.Privacy.Base64ImageMaxLength
                && (text.Contains(";base64,", StringComparison.Ordinal) || text.Contains("\"blob\"", StringComparison.Ordinal))));

    private static bool IsShorter(object? shown, string text) => shown is null || (shown is string masked && masked.Length < text.Length);

    private void HashUserIds(Activity span, AgentOperation? operation)
    {
        foreach (var (key, values) in TagsOf(span))
        {
            if (ContentKeys.PlaceOf(key).Kind == ContentKind.User && values[^1] is string id && id != operation?.Context.UserId)
            {
                Replace(span, key, values.Count, _pipeline.UserIdOf(id));
            }
        }
    }

    private void MaskTags(Activity span, AgentOperation operation)
    {
        foreach (var (key, values) in TagsOf(span))
        {
            var masked = _tags.Mask(span, operation, key, values[^1], _mayShow);
            if (!ReferenceEquals(masked, values[^1]) || (values.Count > 1 && ContentKeys.PlaceOf(key).Kind != ContentKind.Fact))
            {
                Replace(span, key, values.Count, masked);
            }
        }
    }

    /// <summary>Takes the message of an exception out of the status: libraries put it there whether content is wanted or not, and providers quote what they were sent.</summary>
    private void MaskStatus(Activity span, AgentOperation operation)
    {
        if (span.StatusDescription is not { Length: > 0 } description)
        {
            return;
        }

        var errorType = span.GetTagItem(GenAiAttributes.ErrorType) as string;
        if (description != errorType)
        {
            var shown = _mayShow ? _masker.ExceptionMessage(operation, description) : null;
            span.SetStatus(span.Status, shown ?? errorType);
        }
    }

    /// <summary>Groups tags by key: some libraries append the same key twice, and one copy must not outlive the other.</summary>
    private static Dictionary<string, List<object?>> TagsOf(Activity span)
    {
        var tags = new Dictionary<string, List<object?>>(StringComparer.Ordinal);
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (!tags.TryGetValue(tag.Key, out var values))
            {
                tags[tag.Key] = values = [];
            }

            values.Add(tag.Value);
        }

        return tags;
    }

    private static void Replace(Activity span, string key, int count, object? value)
    {
        // Setting a tag sets the first one of its name.
        for (var i = value is null ? 0 : 1; i < count; i++)
        {
            span.SetTag(key, null);
        }

        span.SetTag(key, value);
    }
}
