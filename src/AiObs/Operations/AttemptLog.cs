using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Conventions.GenAI;

namespace AiObs.Operations;

/// <summary>The attempts that one model call took. There is none as long as nothing fails.</summary>
/// <remarks>An attempt is counted when it fails, or when it is answered after one that failed: further requests of a call are no attempts.</remarks>
internal sealed class AttemptLog
{
    /// <summary>How many failures get an event of their own: a client that retries without end must not grow the span.</summary>
    private const int MaxEvents = 32;

    private readonly Lock _gate = new();
    private readonly List<FailedAttempt> _failures = [];
    private int _count;
    private int? _lastStatus;
    private bool _lastFailed;

    public void Fail(FailedAttempt attempt)
    {
        lock (_gate)
        {
            if (_failures.Count < MaxEvents)
            {
                _failures.Add(attempt);
            }

            _count++;
            _lastStatus = attempt.Status;
            _lastFailed = true;
        }
    }

    public void Answer(int status)
    {
        lock (_gate)
        {
            if (_lastFailed)
            {
                _count++;
                _lastStatus = status;
                _lastFailed = false;
            }
        }
    }

    /// <summary>Writes the attempts on a span, where there was more than one: a single failure is the failure of the call itself.</summary>
    public void Write(SpanTags tags, Activity activity)
    {
        lock (_gate)
        {
            if (_count < 2)
            {
                return;
            }

            tags.Add(AiObsAttributes.AttemptCount, _count);
            tags.Add(AiObsAttributes.AttemptLastStatus, _lastStatus);
            for (var i = 0; i < _failures.Count; i++)
            {
                activity.AddEvent(EventOf(_failures[i], number: i + 1));
            }
        }
    }

    private static ActivityEvent EventOf(FailedAttempt attempt, int number)
    {
        var tags = new ActivityTagsCollection
        {
            [AiObsAttributes.AttemptNumber] = (long)number,
            [GenAiAttributes.ErrorType] = attempt.ErrorType,
        };
        if (attempt.Status is { } status)
        {
            tags[GenAiAttributes.HttpResponseStatusCode] = (long)status;
        }

        if (attempt.RetryAfter is { } wait)
        {
            tags[AiObsAttributes.ResponseRetryAfter] = wait.TotalSeconds;
        }

        return new ActivityEvent(AiObsAttributes.AttemptFailedEvent, attempt.Time, tags);
    }
}
