using System.Diagnostics;
using AiObs.Operations;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.Logging;

namespace AiObs.Tests.Conventions;

public sealed class CustomConventionTests
{
    public static TheoryData<string> Phases => ["Start", "WriteResult", "WriteContent"];

    [Fact]
    public async Task AddConvention_BesideTheBuiltInOnes_WritesInAllPhases()
    {
        using var chat = new ObservedChat(new StubChatClient(), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.AddConvention(new AcmeConvention());
        });

        await chat.AskAsync();

        Assert.Equal(
            [new("acme.kind", "Chat"), new("acme.outcome", "Completed"), new("acme.input", chat.Span.GetTagItem("input.value"))],
            chat.Span.TagObjects.Where(static tag => tag.Key.StartsWith("acme.", StringComparison.Ordinal)));
        Assert.Equal("LLM", chat.Span.GetTagItem("openinference.span.kind"));
        Assert.Equal("chat", chat.Span.GetTagItem("gen_ai.operation.name"));
    }

    [Fact]
    public async Task AddConvention_WithoutBuiltInOnes_WritesItsTagsAlone()
    {
        using var chat = new ObservedChat(new StubChatClient(), o =>
        {
            o.Conventions = SpanConventions.None;
            o.AddConvention(new AcmeConvention());
        });

        await chat.AskAsync();

        SpanAssert.Attributes(new() { ["acme.kind"] = "Chat", ["acme.outcome"] = "Completed" }, chat.Span);
        Assert.Equal("chat stub-model", chat.Span.DisplayName);
    }

    [Fact]
    public async Task AddConvention_BesideOpenInference_LeavesTheStatusUnset()
    {
        using var chat = new ObservedChat(new StubChatClient(), o =>
        {
            o.Conventions = SpanConventions.OpenInference;
            o.AddConvention(new AcmeConvention());
        });

        await chat.AskAsync();

        SpanAssert.Status(ActivityStatusCode.Unset, null, chat.Span);
    }

    [Fact]
    public async Task AddConvention_SameKeyAtTheStart_StandsOnce()
    {
        using var chat = new ObservedChat(new StubChatClient(), o => o.AddConvention(new AcmeConvention { StartKey = "gen_ai.provider.name" }));

        await chat.AskAsync();

        Assert.Equal("stub", Assert.Single(chat.Span.TagObjects, static tag => tag.Key == "gen_ai.provider.name").Value);
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task AddConvention_ThrowsInOnePhase_CostsOnlyThatAndIsCountedEachTimeAndLoggedOnce(string phase)
    {
        using var chat = new ObservedChat(new StubChatClient(), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.AddConvention(new AcmeConvention { ThrowsIn = phase });
        });
        using var metrics = new MetricCollector(chat.Source);

        await chat.AskAsync("canary");
        await chat.AskAsync("canary");

        Assert.Equal(2, chat.Spans.Spans.Count);
        Assert.All(chat.Spans.Spans, span =>
        {
            Assert.Equal(phase != "Start", span.GetTagItem("acme.kind") is not null);
            Assert.Equal(phase != "WriteResult", span.GetTagItem("acme.outcome") is not null);
            Assert.Equal(phase != "WriteContent", span.GetTagItem("acme.input") is not null);
            Assert.NotNull(span.GetTagItem("gen_ai.input.messages"));
            Assert.NotNull(span.GetTagItem("llm.input_messages.0.message.role"));
            Assert.NotNull(span.GetTagItem("llm.model_name"));
        });
        Assert.Equal(["convention", "convention"], metrics.Of("aiobs.faults").Select(static fault => fault.Tags["aiobs.part"]));
        var log = Assert.Single(chat.Logs.GetSnapshot());
        Assert.Equal(LogLevel.Error, log.Level);
        Assert.Equal("System.FormatException", log.GetStructuredStateValue("ExceptionType"));
        Assert.Empty(new CanaryScan("canary").Search(chat.Logs.GetSnapshot()).Hits);
    }

    [Fact]
    public async Task AddConvention_StartThatComesTooLate_ChangesNoTagOfOthers()
    {
        using var late = new LateConvention();
        using var chat = new ObservedChat(new StubChatClient(), o =>
        {
            o.CallbackTimeout = TimeSpan.FromSeconds(1);
            o.AddConvention(late);
            o.AddConvention(new NextConvention(late));
        });

        await chat.AskAsync();

        Assert.Equal("own", chat.Span.GetTagItem("next"));
        Assert.Null(chat.Span.GetTagItem("late"));
    }

    private sealed class LateConvention : ISpanConvention, IDisposable
    {
        public ManualResetEventSlim Go { get; } = new();

        public ManualResetEventSlim IsDone { get; } = new();

        public void Start(AgentOperation operation, ref TagList tags)
        {
            Go.Wait(HangGuard.Limit);
            tags.Add("late", 1);
            IsDone.Set();
        }

        public void WriteResult(Activity activity, AgentOperation operation)
        {
        }

        public void WriteContent(Activity activity, AgentOperation operation)
        {
        }

        public void Dispose()
        {
            Go.Dispose();
            IsDone.Dispose();
        }
    }

    private sealed class NextConvention(LateConvention late) : ISpanConvention
    {
        public void Start(AgentOperation operation, ref TagList tags)
        {
            tags.Add("next", "own");
            late.Go.Set();
            Assert.True(late.IsDone.Wait(HangGuard.Limit));
        }

        public void WriteResult(Activity activity, AgentOperation operation)
        {
        }

        public void WriteContent(Activity activity, AgentOperation operation)
        {
        }
    }

    private sealed class AcmeConvention : ISpanConvention
    {
        public string StartKey { get; init; } = "acme.kind";

        public string? ThrowsIn { get; init; }

        public void Start(AgentOperation operation, ref TagList tags)
        {
            ThrowIf(nameof(Start));
            tags.Add(StartKey, operation.Kind.ToString());
        }

        public void WriteResult(Activity activity, AgentOperation operation)
        {
            ThrowIf(nameof(WriteResult));
            activity.SetTag("acme.outcome", operation.Outcome.ToString());
        }

        public void WriteContent(Activity activity, AgentOperation operation)
        {
            ThrowIf(nameof(WriteContent));
            activity.SetTag("acme.input", operation.Input?.Text);
        }

        private void ThrowIf(string phase)
        {
            if (ThrowsIn == phase)
            {
                throw new FormatException("canary");
            }
        }
    }
}
