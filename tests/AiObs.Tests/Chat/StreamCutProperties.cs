using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>However a stream ends, and wherever: one span, closed, with the right outcome; the caller gets what the model's stream gave it, and nothing of ours.</summary>
public sealed class StreamCutProperties : IDisposable
{
    private static readonly Gen<Cut> Cuts =
        from length in Gen.Choose(0, 12)
        from at in Gen.Choose(0, length)
        from way in Gen.Elements(Enum.GetValues<Way>())
        from waits in Gen.Choose(0, 12).Where(static move => move >= 0).ListOf()
        from disposal in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Cut(length, at, way, [.. waits], disposal);

    private readonly StubChatClient _stub = new();
    private readonly ObservedChat _chat;

    public StreamCutProperties() => _chat = new ObservedChat(_stub, ObservedChat.WithContent);

    private enum Way
    {
        Completed,
        Failed,
        Cancelled,
        Abandoned,
    }

    public void Dispose() => _chat.Dispose();

    [Fact]
    public void Stream_CutAnywhere_ClosesItsSpanOnceWithTheRightOutcome() => Fuzz.Check(Cuts, cut => RunAsync(cut).GetAwaiter().GetResult(), cases: 300);

    private async Task RunAsync(Cut cut)
    {
        var before = _chat.Spans.Spans.Count;
        var failure = new InvalidOperationException("canary");
        using var cancellation = new CancellationTokenSource();
        var updates = new StubUpdates([.. Enumerable.Range(0, cut.Length).Select(static index => new ChatResponseUpdate(ChatRole.Assistant, $"{index}"))])
        {
            OnMoveNext = async (move, token) =>
            {
                if (cut.Waits.Contains(move))
                {
                    await Task.Yield();
                }

                if (move == cut.At && cut.Way == Way.Failed)
                {
                    throw failure;
                }

                if (move == cut.At && cut.Way == Way.Cancelled)
                {
                    await cancellation.CancelAsync();
                    token.ThrowIfCancellationRequested();
                }
            },
            OnDispose = () => cut.FailsAtDisposal ? ValueTask.FromException(failure) : ValueTask.CompletedTask,
        };
        _stub.OnStream = _ => updates;

        var (received, thrown) = await ReadAsync(cut, cancellation.Token);

        Assert.Equal(Enumerable.Range(0, cut.Way == Way.Completed ? cut.Length : cut.At).Select(static index => $"{index}"), received);
        var opened = cut.Way != Way.Abandoned || cut.At > 0;
        var expected = Outcome(cut);
        Assert.Equal(expected is "failed" or "cancelled", thrown is not null);
        Assert.True(thrown is null or OperationCanceledException || ReferenceEquals(failure, thrown), $"{thrown}");
        Assert.Equal(opened ? 1 : 0, updates.DisposeCount);
        Assert.Equal(before + (opened ? 1 : 0), _chat.Spans.Spans.Count);
        Assert.Null(Activity.Current);
        Assert.DoesNotContain(_chat.Logs.GetSnapshot(), static log => log.Message.StartsWith("Observing failed", StringComparison.Ordinal));
        if (opened)
        {
            AssertSpan(_chat.Spans.Spans[^1], expected, received.Count);
        }
    }

    private static void AssertSpan(Activity span, string outcome, int count)
    {
        Assert.Equal(outcome, span.GetTagItem("aiobs.stream.outcome"));
        Assert.Equal((long)count, span.GetTagItem("aiobs.stream.chunks"));
        Assert.Equal(outcome is "failed" or "cancelled" ? ActivityStatusCode.Error : ActivityStatusCode.Unset, span.Status);
        Assert.True(span.IsStopped);
        JsonAttributes.Check(span);
    }

    /// <summary>Says how it ends: a disposal that fails comes too late where the stream has ended.</summary>
    private static string Outcome(Cut cut) => cut.Way switch
    {
        Way.Abandoned when cut.At > 0 => cut.FailsAtDisposal ? "failed" : "abandoned",
        Way.Abandoned => "",
        Way.Completed => "completed",
        Way.Failed => "failed",
        _ => "cancelled",
    };

    private async Task<(List<string> Received, Exception? Thrown)> ReadAsync(Cut cut, CancellationToken token)
    {
        List<string> received = [];
        var stream = _chat.Client.GetStreamingResponseAsync("Hi", cancellationToken: token).GetAsyncEnumerator(token);
        Exception? thrown = null;
        try
        {
            while ((cut.Way != Way.Abandoned || received.Count < cut.At) && await stream.MoveNextAsync())
            {
                received.Add(stream.Current.Text);
            }
        }
#pragma warning disable CA1031 // Whatever comes out is compared with what went in.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            thrown = exception;
        }

        try
        {
            await stream.DisposeAsync();
        }
        catch (InvalidOperationException exception)
        {
            // What ended the stream is what a caller sees of both.
            thrown ??= cut.Way == Way.Completed ? null : exception;
        }

        return (received, thrown);
    }

    private sealed record Cut(int Length, int At, Way Way, int[] Waits, bool FailsAtDisposal);
}
