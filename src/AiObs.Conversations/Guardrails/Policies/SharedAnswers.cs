namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Asks once for what several ask at the same time, and keeps the latest answers. What failed is asked again.</summary>
/// <param name="capacity">How many answers are kept at most; 0 for none.</param>
internal sealed class SharedAnswers<TAnswer>(int capacity)
    where TAnswer : class
{
    private readonly BoundedCache<ContentHash, TAnswer>? _kept = capacity > 0 ? new(Math.Max(1, capacity / 2)) : null;
    private readonly Dictionary<ContentHash, Question> _running = [];
    private readonly Lock _gate = new();

    /// <summary>Returns an answer.</summary>
    /// <param name="key">What tells the question from others.</param>
    /// <param name="ask">Asks. Its token is cancelled when everybody who waits has given up; it runs in the context of whoever came first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<TAnswer> GetAsync(ContentHash key, Func<CancellationToken, Task<TAnswer>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_kept?.Find(key) is { } kept)
        {
            return kept;
        }

        var (question, isNew) = Join(key);
        if (isNew)
        {
            _ = AskAsync(key, question, ask);
        }

        try
        {
            return await question.Answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await LeaveAsync(key, question).ConfigureAwait(false);
        }
    }

    private (Question Question, bool IsNew) Join(ContentHash key)
    {
        lock (_gate)
        {
            var isNew = !_running.TryGetValue(key, out var question);
            question ??= _running[key] = new();
            question.Waiting++;
            return (question, isNew);
        }
    }

    private Task LeaveAsync(ContentHash key, Question question)
    {
        lock (_gate)
        {
            if (--question.Waiting > 0 || question.Answer.Task.IsCompleted)
            {
                return Task.CompletedTask;
            }

            // Whoever comes now asks anew.
            Forget(key, question);
        }

        return question.GiveUp.CancelAsync();
    }

    private async Task AskAsync(ContentHash key, Question question, Func<CancellationToken, Task<TAnswer>> ask)
    {
        try
        {
            var answer = await ask(question.GiveUp.Token).ConfigureAwait(false);
            _kept?.Add(key, answer);
            question.Answer.SetResult(answer);
        }
#pragma warning disable CA1031 // Whoever waits is told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            question.Answer.SetException(exception);

            // Nobody may wait any more.
            _ = question.Answer.Task.Exception;
        }

        lock (_gate)
        {
            Forget(key, question);
        }
    }

    private void Forget(ContentHash key, Question question)
    {
        if (_running.GetValueOrDefault(key) == question)
        {
            _running.Remove(key);
        }
    }

    /// <summary>A question that is being asked. Its source has no timer, so that there is nothing to dispose.</summary>
#pragma warning disable CA1001 // See the summary.
    private sealed class Question
#pragma warning restore CA1001
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenSource GiveUp { get; } = new();

        public int Waiting { get; set; }
    }
}
