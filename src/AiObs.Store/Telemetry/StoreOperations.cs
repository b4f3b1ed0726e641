using System.Data.Common;
using System.Diagnostics;
using AiObs.Conventions;

namespace AiObs.Store.Telemetry;

/// <summary>Runs the operations of one store: a span and a duration for each, where somebody listens, and every failure of the driver in plain words.</summary>
/// <param name="name">The store.</param>
/// <param name="adapter">The kind of database.</param>
/// <param name="explain">Says in plain words what an exception of the driver means.</param>
/// <param name="clock">Measures.</param>
internal sealed class StoreOperations(string name, string adapter, Func<DbException, Exception> explain, TimeProvider clock)
{
    /// <param name="operation">One of <see cref="StoreOperationNames"/>.</param>
    /// <param name="conversationId">The conversation, where the operation is about one.</param>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <param name="outcomeOf">Returns one of <see cref="StoreOutcomes"/> where it did not end well, though nothing failed.</param>
    public async ValueTask<T> RunAsync<T>(
        string operation,
        string? conversationId,
        Func<CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken,
        Func<T, string?>? outcomeOf = null)
    {
        var tags = TagsOf(operation);
        using var activity = StoreTelemetry.Source.StartActivity(ActivityKind.Client, tags: tags, name: operation);
        activity?.SetTag(GenAiAttributes.ConversationId, conversationId);
        long? started = StoreTelemetry.Duration.Enabled ? clock.GetTimestamp() : null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = await work(cancellationToken).ConfigureAwait(false);
            Finish(activity, tags, started, outcomeOf?.Invoke(result) ?? StoreOutcomes.Ok, errorType: null);
            return result;
        }
        catch (DbException exception)
        {
            throw Fail(activity, tags, started, ToPlainWords(exception, cancellationToken));
        }
        catch (Exception exception)
        {
            Fail(activity, tags, started, exception);
            throw;
        }
    }

    private Exception ToPlainWords(DbException exception, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(exception.Message, exception, cancellationToken)
            : explain(exception);

    private Exception Fail(Activity? activity, in TagList tags, long? started, Exception exception)
    {
        var type = exception.GetType().FullName!;

        // The message may name a file or a host; the type has to do.
        activity?.SetStatus(ActivityStatusCode.Error, type);
        Finish(activity, tags, started, (exception as IHasOutcome)?.Outcome ?? StoreOutcomes.Error, type);
        return exception;
    }

    private void Finish(Activity? activity, TagList tags, long? started, string outcome, string? errorType)
    {
        activity?.SetTag(StoreAttributes.Outcome, outcome);
        activity?.SetTag(GenAiAttributes.ErrorType, errorType);
        if (started is not { } start)
        {
            return;
        }

        tags.Add(StoreAttributes.Outcome, outcome);
        if (errorType is not null)
        {
            tags.Add(GenAiAttributes.ErrorType, errorType);
        }

        StoreTelemetry.Duration.Record(clock.GetElapsedTime(start).TotalSeconds, tags);
    }

    private TagList TagsOf(string operation) => new()
    {
        { StoreAttributes.Name, name },
        { StoreAttributes.Adapter, adapter },
        { StoreAttributes.Operation, operation },
    };
}
