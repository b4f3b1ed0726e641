using System.ClientModel.Primitives;
using AiObs.Operations;
using AiObs.TestSupport;
using OpenAI.Chat;

namespace AiObs.OpenAI.Tests;

public sealed class OpenAIUsageReaderTests
{
    private static readonly ChatCompletion Completion = ModelReaderWriter.Read<ChatCompletion>(BinaryData.FromString(
        """{"id":"c","object":"chat.completion","created":1767225600,"model":"gpt-5","choices":[{"index":0,"message":{"role":"assistant","content":"Dry."},"finish_reason":"stop"}],"service_tier":"flex","usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12,"cost":0.5}}"""))!;

    private readonly OpenAIUsageReader _reader = new();

    [Fact]
    public void TryRead_ObjectOfTheSdk_HasWhatTheSdkHasNoMemberFor()
    {
        var usage = default(ReportedUsage);

        Assert.True(_reader.TryRead(Completion, ref usage));
        Assert.Equal(new() { Input = 10, Output = 2, Total = 12, Cost = 0.5m, ServiceTier = "flex" }, usage);
    }

    [Fact]
    public void TryRead_ObjectOfTheSdk_TakesLittleMemory()
    {
        var usage = default(ReportedUsage);

        Assert.InRange(AllocationMeter.BytesPerRun(() => _reader.TryRead(Completion, ref usage)), 0, 640);
    }

    [Fact]
    public void TryRead_ObjectOfSomebodyElse_IsNotRead()
    {
        var usage = default(ReportedUsage);

        Assert.False(_reader.TryRead("text", ref usage));
        Assert.Equal(default, usage);
    }

    [Fact]
    public void Reader_NameThatTheCoreLooksFor_IsThisOne() =>
        Assert.Same(typeof(OpenAIUsageReader), Type.GetType("AiObs.OpenAI.OpenAIUsageReader, AiObs.OpenAI"));
}
