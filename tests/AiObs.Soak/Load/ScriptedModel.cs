using System.Collections.Concurrent;
using System.Globalization;
using FakeModelServer;

namespace AiObs.Soak.Load;

/// <summary>Plays the model as the plans want it.</summary>
internal sealed class ScriptedModel(RunPlans plans)
{
    public const string Tool = "look_at_harbour";

    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<long, TaskCompletionSource> _arrivals = new();

    /// <summary>Returns a task that completes when the last call of a run has reached the server.</summary>
    public Task ArrivalOf(long number) => SignalOf(number).Task;

    /// <summary>Forgets a run that is over.</summary>
    public void Forget(long number) => _arrivals.TryRemove(number, out _);

    public ModelReply? Reply(ModelRequest request)
    {
        var text = request.Inputs.Count > 0 ? request.Inputs[0] : request.LastUserText;
        if (RunText.FindRun(text) is not { } number)
        {
            return null;
        }

        var plan = plans.Of(number);
        var step = request.Messages.Count(static message => message.Role == "assistant");
        var usage = plan.Usages[step];
        if (step < plan.LastStep)
        {
            return CallTools(plan, step) with { Usage = usage };
        }

        if (plan.IsEndedByCaller)
        {
            SignalOf(number).TrySetResult();
        }

        return Answer(plan) with { Usage = usage };
    }

    private static ModelReply CallTools(RunPlan plan, int step) => new()
    {
        ToolCalls =
        [
            .. Enumerable.Range(0, plan.ToolsPerRound).Select(index => new ModelToolCall
            {
                Name = Tool,
                Arguments = ["{\"pier\":", string.Create(CultureInfo.InvariantCulture, $"{(step * 10) + index}}}")],
            }),
        ],
    };

    private static ModelReply Answer(RunPlan plan)
    {
        var answer = ModelReply.Say([.. Enumerable.Range(0, plan.Pieces).Select(index => RunText.Piece(plan.Number, index))]);

        return plan.Fate switch
        {
            RunFate.RateLimited => ModelReply.Fail(429),
            RunFate.ServerError => ModelReply.Fail(500),
            RunFate.CutAtOnce => answer with { CutAfterPieces = 0 },
            RunFate.Cut => answer with { CutAfterPieces = plan.PiecesBeforeFate },
            RunFate.Broken => answer with { Error = new ModelError { AfterPieces = plan.PiecesBeforeFate } },
            RunFate.Cancelled when !plan.IsStreaming => answer with { Delay = Forever },
            RunFate.Cancelled or RunFate.Abandoned => answer with { BeforePiece = HoldAt(plan.PiecesBeforeFate) },
            _ => answer,
        };
    }

    /// <summary>Holds a stream until the client has gone.</summary>
    private static Func<int, CancellationToken, Task> HoldAt(int piece) =>
        (index, cancellationToken) => index == piece ? Task.Delay(Forever, cancellationToken) : Task.CompletedTask;

    private TaskCompletionSource SignalOf(long number) =>
        _arrivals.GetOrAdd(number, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
