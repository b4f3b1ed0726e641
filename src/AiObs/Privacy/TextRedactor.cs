using System.Diagnostics;
using AiObs.Operations;
using AiObs.Privacy.Redaction;

namespace AiObs.Privacy;

/// <summary>Runs texts through the built-in rules and the application's own redaction. Fails closed: what could not be redacted in time is not shown.</summary>
/// <remarks>
/// What could take long, which is long texts and all code of the application's own, runs on a thread apart. Everything else the patterns
/// do in no time, and to hand it over would take longer.
/// </remarks>
internal sealed class TextRedactor
{
    private const string RedactedJson = $"\"{RecordedValue.RedactedText}\"";

    /// <summary>From this length on, a text is long.</summary>
    private const int LongText = 32_768;

    /// <summary>What a redaction that failed is counted as. What it had found by then is not told: somebody may still be at it.</summary>
    private static readonly Dictionary<string, int> Failed = new(StringComparer.Ordinal) { [TextJob.FailedRule] = 1 };

    private readonly RedactionRule[][] _rules;
    private readonly Func<RedactionPlace, string, string?>? _redactText;
    private readonly TimeSpan _limit;
    private readonly Callback _callback;
    private readonly Faults _faults;

    public TextRedactor(PrivacyOptions options, TimeSpan limit, Faults faults)
        : this(
            kind => BuiltInRules.For(options.RedactionRulesByKind.TryGetValue(kind, out var own) ? own : options.RedactionRules),
            options.RedactText,
            limit,
            faults)
    {
    }

    public TextRedactor(
        Func<RedactionKind, RedactionRule[]> rules, Func<RedactionPlace, string, string?>? redactText, TimeSpan limit, Faults faults)
    {
        _rules = [.. Enum.GetValues<RedactionKind>().Select(rules)];
        _redactText = redactText;
        _limit = limit;
        _callback = new Callback(TextJob.Part, limit, faults);
        _faults = faults;
        IsActive = redactText is not null || Array.Exists(_rules, static ofKind => ofKind.Length > 0);
    }

    public bool IsActive { get; }

    /// <summary>Redacts a text.</summary>
    /// <param name="operation">What it belongs to, whose time it takes and where hits are counted; <see langword="null"/> where it is of no operation alone.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="text">The text.</param>
    public string Text(AgentOperation? operation, in RedactionPlace place, string text) => IsActive && text.Length > 0
        ? Guarded(operation, place, text, static (job, text) => job.Text(text), RecordedValue.RedactedText)
        : text;

    /// <summary>Redacts the texts, member names and numbers of a JSON document one by one; the result is a JSON document again.</summary>
    public string Json(AgentOperation? operation, in RedactionPlace place, string json) => IsActive
        ? Guarded(operation, place, json, static (job, json) => job.Json(json), RedactedJson)
        : json;

    private string Guarded(
        AgentOperation? operation, in RedactionPlace place, string content, Func<TextJob, string, string> redact, string hidden)
    {
        var rules = _rules[(int)place.Kind];
        if (rules.Length == 0 && _redactText is null)
        {
            return content;
        }

        var start = Stopwatch.GetTimestamp();
        var limit = _limit - (operation?.RedactionTime ?? TimeSpan.Zero);
        var job = new TextJob(rules, _redactText, place, new RedactionRun(limit), _faults);
        var redacted = Redact(job, content, redact, limit);
        if (operation is not null)
        {
            operation.RedactionTime += Stopwatch.GetElapsedTime(start);
            Count(operation, redacted is null ? Failed : job.Run.Hits);
        }

        return redacted ?? hidden;
    }

    private string? Redact(TextJob job, string content, Func<TextJob, string, string> redact, TimeSpan limit)
    {
        try
        {
            return _redactText is null && content.Length < LongText ? redact(job, content)
                : _callback.TryRun((job, content, redact), static state => state.redact(state.job, state.content), limit, out var redacted) ? redacted
                : null;
        }
#pragma warning disable CA1031 // The application's redaction may throw anything, and a pattern may time out; either way the content stays hidden.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _faults.Report(TextJob.Part, exception);
            return null;
        }
    }

    private static void Count(AgentOperation operation, IReadOnlyDictionary<string, int>? hits)
    {
        if (hits is not null)
        {
            foreach (var (rule, count) in hits)
            {
                operation.CountRedactions(rule, count);
            }
        }
    }
}
