using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>Calls made where the flow is suppressed go on wherever they are answered, as nothing takes them back.</summary>
public sealed class SuppressedFlowTests : IDisposable
{
    private readonly ActivitySource _source = new($"flow-{Guid.NewGuid():N}");
    private readonly SpanCollector _spans;

    public SuppressedFlowTests() => _spans = new(_source.Name);

    public void Dispose()
    {
        _spans.Dispose();
        _source.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_AnsweredInAnotherFlow_LeavesItsActivityAlone(bool fails)
    {
        // Not told to continue elsewhere, so that what waits for it runs inside of the answer.
        var answer = new TaskCompletionSource<ChatResponse>();
        using var chat = new ObservedChat(new StubChatClient { OnResponse = _ => answer.Task });
        Task<ChatResponse> pending;
        using (_source.StartActivity("asks"))
        {
            using (ExecutionContext.SuppressFlow())
            {
                pending = chat.AskAsync();
            }
        }

        using var answers = _source.StartActivity("answers");
        if (fails)
        {
            answer.SetException(new InvalidOperationException("a"));
        }
        else
        {
            answer.SetResult(new ChatResponse());
        }

        Assert.Same(answers, Activity.Current);
        await Record.ExceptionAsync(() => pending);
        Assert.True(chat.Span.IsStopped);
    }
}
