using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Known faults of what calls are said to cost.</summary>
public sealed class CostFaultTests : FaultTest
{
    [Fact]
    public async Task Usage_OnlyTheTotalIsReported_IsPricedAsInput()
    {
        await CallAsync("openai", "gpt-4o", new() { TotalTokenCount = 1_100_000 });

        await NoteRecordAsync();
        await ApproveAsync("TotalAlone");
    }

    [Fact]
    public async Task Usage_AudioWithoutARateOfItsOwn_IsNotExact()
    {
        await CallAsync("openai", "gpt-4o-audio-preview", new()
        {
            InputTokenCount = 1_000,
            OutputTokenCount = 500,
            AdditionalCounts = new() { ["InputTokenDetails.AudioTokenCount"] = 900, ["OutputTokenDetails.AudioTokenCount"] = 400 },
        });

        Note("called exact, at the rates of text", (await RecordAsync()) is { Completeness: CostCompleteness.Exact, Total: 0.0075m });
        await ApproveAsync("AudioAtTextRates");
    }

    [Fact]
    public async Task Model_KnownByItsPrefixAlone_IsEstimated()
    {
        await CallAsync("gcp.gemini", "gemini-3.8-flash-cyber", new() { InputTokenCount = 1_000, OutputTokenCount = 100 });

        Note("completeness", (await RecordAsync()).Completeness);
        await ApproveAsync("KnownByPrefix");
    }

    [Fact]
    public async Task Usage_MoreCachedThanSent_IsCutToWhatWasSent()
    {
        await CallAsync("openai", "gpt-4o", new() { InputTokenCount = 100, CachedInputTokenCount = 128, OutputTokenCount = 10, TotalTokenCount = 110 });

        var record = await RecordAsync();
        Note("input tokens", record.Receipt.Usage["input_tokens"]);
        Note("completeness", record.Completeness);
        await ApproveAsync("MoreCachedThanSent");
    }

    [Fact]
    public async Task Cache_FurtherIn_AnswersAreNotPaidForAgain()
    {
        using var model = Model("openai", "gpt-4o", new() { InputTokenCount = 1_000, OutputTokenCount = 100, TotalTokenCount = 1_100 });
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        using var client = new DistributedCachingChatClient(model, cache).UseAgentObservability(Root());
        for (var call = 0; call < 3; call++)
        {
            await AskAsync(client);
        }

        Note("records", await Root().Costs!.Store.CountAsync(CostQuery.All, Token));
        await ApproveAsync("CachedAnswers");
    }

    [Theory]
    [InlineData("models/gemini-2.5-flash", "ModelsPrefix")]
    [InlineData("google/gemini-2.5-flash", "VendorPrefix")]
    public async Task Model_SpeltWithAPath_IsPriced(string model, string name)
    {
        await CallAsync("gcp.gemini", model, new() { InputTokenCount = 1_000, OutputTokenCount = 100 });

        Note("priced", (await RecordAsync()).Total is not null);
        await ApproveAsync(name);
    }

    private static StubChatClient Model(string provider, string model, UsageDetails usage)
    {
        var client = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Sunny.")) { ResponseId = "response-1", RawRepresentation = new object(), Usage = usage });
        client.Metadata = new(provider, new Uri(provider == "openai" ? "https://api.openai.com/v1" : "https://generativelanguage.googleapis.com"), model);

        return client;
    }

    private async Task CallAsync(string provider, string model, UsageDetails usage)
    {
        using var client = Model(provider, model, usage).UseAgentObservability(Root());

        await AskAsync(client);
    }

    private async Task<CostRecord> RecordAsync() => (await Root().Costs!.Store.ListAsync(CostQuery.All, Token)).Records.Single();

    private async Task NoteRecordAsync()
    {
        var record = await RecordAsync();
        Note("total", record.Total);
        Note("completeness", record.Completeness);
    }
}
