using System.Globalization;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>How far an amount can be trusted: each row of the table of cost.md, by a call that is one, and what it costs.</summary>
public sealed class CompletenessTests : IDisposable
{
    private const string OpenAI = "https://api.openai.com/v1";
    private const string Anthropic = "https://api.anthropic.com";
    private const string Google = "https://generativelanguage.googleapis.com";
    private const string XAI = "https://api.x.ai/v1";

    private readonly PricedCalls _calls = new();

    /// <summary>Gets a row for each line: what is known, the call, its usage, and what comes of it.</summary>
    public static TheoryData<string, (string Provider, string Address, string Model), string, CostCompleteness, string?, string?> Rows => new()
    {
        { "everything is reported and has a rate", GPT4o, "input=1000 cached=400 output=100 total=1100", CostCompleteness.Exact, "0.003", null },
        {
            "billed by the whole: reasoning, text, tool prompt",
            ("openai", OpenAI, "gpt-5"),
            "input=1000 output=100 total=1100 reasoning=60 input_tool_tokens=30",
            CostCompleteness.Exact,
            "0.00225",
            null
        },
        {
            "billed by the whole: writes of five minutes",
            Sonnet,
            "input=1000 output=100 total=1100 CacheCreationInputTokens=300 ephemeral_5m_input_tokens=300",
            CostCompleteness.Exact,
            "0.004725",
            null
        },
        {
            "writes of an hour have a rate",
            Sonnet,
            "input=1000 output=100 total=1100 CacheCreationInputTokens=300 ephemeral_1h_input_tokens=300",
            CostCompleteness.Exact,
            "0.0054",
            null
        },
        { "a fee that has a rate", ("openai", OpenAI, "gpt-5"), "input=1000 output=100 total=1100 web_searches=2", CostCompleteness.Exact, "0.02225", null },
        {
            "no usage: tokens from the text", GPT4o, "", CostCompleteness.Estimated, "0.0000325", "input and output were estimated from their text"
        },
        {
            "cache reads at the rate of the input",
            ("openai", OpenAI, "gpt-4"),
            "input=1000 cached=400 output=100 total=1100",
            CostCompleteness.Estimated,
            "0.036",
            "cache_read_tokens counted without a rate of their own"
        },
        {
            "more cached than sent is cut",
            GPT4o,
            "input=100 cached=128 output=10 total=110",
            CostCompleteness.Estimated,
            "0.000225",
            "more cached tokens were reported than input_tokens, of which they are a part; counted as all of them"
        },
        {
            "more cached than sent is added where it is counted beside",
            Sonnet,
            "input=10 cached=600 output=300 total=310",
            CostCompleteness.Exact,
            "0.00471",
            null
        },
        {
            "the total has more than its parts",
            GPT4o,
            "input=1000 output=20 total=1520",
            CostCompleteness.Estimated,
            "0.0077",
            "total_tokens says 500 more; counted as output"
        },
        {
            "the same where thoughts are left out: Google",
            ("gcp.gemini", Google, "gemini-2.5-pro"),
            "input=1000 output=20 total=1520",
            CostCompleteness.Exact,
            "0.00645",
            null
        },
        {
            "no total, where thoughts are left out: Google",
            ("gcp.gemini", Google, "gemini-2.5-pro"),
            "input=1000 output=20",
            CostCompleteness.Estimated,
            "0.00145",
            "total_tokens, which alone have what the model thought, were not reported"
        },
        { "the same where thoughts are left out: xAI", ("x_ai", XAI, "grok-4"), "input=1000 output=20 total=1520", CostCompleteness.Exact, "0.0108", null },
        {
            "only the total",
            GPT4o,
            "total=1100000",
            CostCompleteness.Partial,
            "2.75",
            "only the total was reported; it is counted as input"
        },
        {
            "no counts but the total, and zeros",
            GPT4o,
            "input=0 output=0 total=1100000",
            CostCompleteness.Partial,
            "2.75",
            "only the total was reported; it is counted as input"
        },
        {
            "an output of no input",
            GPT4o,
            "input=0 output=50 total=50",
            CostCompleteness.Partial,
            "0.0005",
            "input_tokens were not reported; the input tokens were not reported"
        },
        { "an input of zero and the total", GPT4o, "input=0 output=100 total=1100", CostCompleteness.Exact, "0.0035", null },
        {
            "rounds of another model",
            Sonnet,
            "input=1000 output=100 total=1100 other_rounds=1",
            CostCompleteness.Partial,
            "0.0045",
            "rounds that do not cost what the model costs are left out"
        },
        { "the input and the total", GPT4o, "input=1000 total=1100", CostCompleteness.Exact, "0.0035", null },
        { "the output and the total", GPT4o, "output=100 total=1100", CostCompleteness.Exact, "0.0035", null },
        {
            "audio without a rate of its own",
            ("openai", OpenAI, "gpt-4o-audio-preview"),
            "input=1000 output=500 total=1500 input_audio_tokens=900 output_audio_tokens=400",
            CostCompleteness.Partial,
            "0.0075",
            "no rate for input_audio_tokens, output_audio_tokens"
        },
        {
            "video has a rate of its own",
            ("gcp.gemini", Google, "gemini-3.1-flash-live-preview"),
            "input=1000 output=100 total=1100 input_video_tokens=400",
            CostCompleteness.Exact,
            "0.0013",
            null
        },
        {
            "video of the answer has a rate of its own",
            ("gcp.gemini", Google, "gemini-omni-flash-preview"),
            "input=1000 output=100 total=1100 output_video_tokens=40",
            CostCompleteness.Exact,
            "0.00274",
            null
        },
        {
            "video without a rate of its own",
            GPT4o,
            "input=1000 cached=400 output=100 total=1100 input_video_tokens=900 output_video_tokens=40",
            CostCompleteness.Partial,
            "0.003",
            "no rate for input_video_tokens, output_video_tokens"
        },
        {
            "images without a rate of their own",
            GPT4o,
            "input=1000 output=100 total=1100 input_image_tokens=900",
            CostCompleteness.Partial,
            "0.0035",
            "no rate for input_image_tokens"
        },
        {
            "writes of an hour without a rate of their own",
            ("openai", "https://openrouter.ai/api/v1", "anthropic/claude-sonnet-4.5"),
            "input=1000 output=100 total=1100 cache_write_tokens=300 ephemeral_1h_input_tokens=300",
            CostCompleteness.Partial,
            "0.004725",
            "no rate for cache_write_1h_tokens"
        },
        {
            "writes of an hour at a rate that follows from the input's",
            ("aws.bedrock", "https://bedrock-runtime.us-east-1.amazonaws.com", "global.anthropic.claude-sonnet-4-5-20250929-v1:0"),
            "input=1000 output=100 total=1100 CacheCreationInputTokens=300 ephemeral_1h_input_tokens=300",
            CostCompleteness.Exact,
            "0.0054",
            null
        },
        {
            "a hosted tool without a rate",
            ("openai", OpenAI, "gpt-5"),
            "input=1000 output=100 total=1100 code_executions=1",
            CostCompleteness.Partial,
            "0.00225",
            "no rate for code_executions"
        },
        {
            "writes whose lifetime was not seen",
            Sonnet,
            "input=1000 output=100 total=1100 CacheCreationInputTokens=300",
            CostCompleteness.Partial,
            "0.004725",
            "how long cache_write_tokens last was not reported"
        },
        {
            "writes of which only some have a lifetime",
            Sonnet,
            "input=1000 output=100 total=1100 CacheCreationInputTokens=300 ephemeral_5m_input_tokens=100",
            CostCompleteness.Partial,
            "0.004725",
            "how long cache_write_tokens last was not reported"
        },
        {
            "a name that only begins like a known one",
            ("gcp.gemini", Google, "gemini-3.8-flash-cyber"),
            "input=1000 output=100 total=1100",
            CostCompleteness.Estimated,
            "0.001125",
            "the model is not known by this name; priced as 'gemini-3.8-flash', which is spelt like a part of it"
        },
        {
            "a fee that depends on what was not seen",
            ("perplexity", "https://api.perplexity.ai", "sonar"),
            "input=1000 output=100 total=1100",
            CostCompleteness.Estimated,
            "0.0131",
            "the fee for a request depends on search_context_size"
        },
        {
            "base rates of a fine-tuned model",
            ("openai", OpenAI, "ft:gpt-4.1-mini-2025-04-14:acme::abc"),
            "input=1000 output=100 total=1100",
            CostCompleteness.Partial,
            "0.00056",
            "the base's rates: those of the fine-tuned model are not known"
        },
        {
            "a region that has a price of its own, which is not known",
            ("openai", "https://eu.api.openai.com/v1", "gpt-4o"),
            "input=1000 output=100 total=1100",
            CostCompleteness.Partial,
            "0.0035",
            "no multiplier for region eu"
        },
        {
            "a host that is no provider's",
            ("openai", "https://gw.corp.example/v1", "gpt-4o"),
            "input=1000 output=100 total=1100",
            CostCompleteness.Unpriced,
            null,
            "nobody is known to serve 'gw.corp.example': name it in AgentObservability:Costs:Pricing:Hosts"
        },
        {
            "a server on this machine",
            ("openai", "http://localhost:1234/v1", "gpt-4o"),
            "input=1000 output=100 total=1100",
            CostCompleteness.Unpriced,
            null,
            "'localhost' is in a network of your own: name it in AgentObservability:Costs:Pricing:Hosts, or say in LocalCalls what such calls cost"
        },
        { "no model that is known", ("openai", OpenAI, "nosuch"), "input=1 output=1 total=2", CostCompleteness.Unpriced, null, "unknown model 'nosuch'" },
    };

    private static (string Provider, string Address, string Model) GPT4o => ("openai", OpenAI, "gpt-4o");

    private static (string Provider, string Address, string Model) Sonnet => ("anthropic", Anthropic, "claude-sonnet-4-5");

    public void Dispose() => _calls.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Record_OfACall_SaysHowFarItsAmountCanBeTrusted(
        string row, (string Provider, string Address, string Model) call, string usage, CostCompleteness completeness, string? total, string? reason)
    {
        var record = await _calls.MakeAsync(call.Provider, call.Address, call.Model, Read(usage));

        Assert.True(
            (completeness, reason) == (record.Completeness, record.Receipt.Reason) && record.Total == (total is null ? null : decimal.Parse(total, CultureInfo.InvariantCulture)),
            $"{row}: {record.Total} {record.Completeness} {record.Receipt.Reason}");
    }

    private static UsageDetails? Read(string counts)
    {
        if (counts.Length == 0)
        {
            return null;
        }

        var usage = new UsageDetails();
        foreach (var (key, count) in counts.Split(' ').Select(static pair => pair.Split('=')).Select(static pair => (pair[0], long.Parse(pair[1], CultureInfo.InvariantCulture))))
        {
            switch (key)
            {
                case "input":
                    usage.InputTokenCount = count;
                    break;
                case "output":
                    usage.OutputTokenCount = count;
                    break;
                case "total":
                    usage.TotalTokenCount = count;
                    break;
                case "cached":
                    usage.CachedInputTokenCount = count;
                    break;
                case "reasoning":
                    usage.ReasoningTokenCount = count;
                    break;
                default:
                    (usage.AdditionalCounts ??= [])[key] = count;
                    break;
            }
        }

        return usage;
    }
}
