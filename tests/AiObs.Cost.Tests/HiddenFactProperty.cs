using AiObs.Cost.Tests.Usage;
using AiObs.Operations;
using AiObs.TestSupport;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>A call of which everything is known is exact; hide any one fact that its price depends on, and it is not.</summary>
public sealed class HiddenFactProperty
{
    private static readonly (string Provider, string Address, string Model, string Alike)[] Sellers =
    [
        ("openai", "https://api.openai.com/v1", "gpt-5", "gpt-5-of-tomorrow"),
        ("openai", "https://api.openai.com/v1", "gpt-4o", "gpt-4o-of-tomorrow"),
        ("anthropic", "https://api.anthropic.com", "claude-sonnet-4-5", "claude-sonnet-4-5-of-tomorrow"),
        ("anthropic", "https://api.anthropic.com", "claude-opus-4-6", "claude-opus-4-6-of-tomorrow"),
        ("openai", "https://generativelanguage.googleapis.com/v1beta/openai/", "gemini-2.5-pro", "gemini-2.5-pro-of-tomorrow"),
        ("openai", "https://api.x.ai/v1", "grok-4", "grok-4-of-tomorrow"),
        ("openai", "https://openrouter.ai/api/v1", "anthropic/claude-sonnet-4.5", "anthropic/claude-of-tomorrow"),
    ];

    /// <summary>The facts that a call may not say.</summary>
    public enum Fact
    {
        None,
        Tier,
        Lifetime,
        Host,
        Part,
        Input,
        Output,
        Total,
        AllButTheTotal,
        Everything,
        Name,
    }

    [Fact]
    public void Record_OfACallThatHidesAFact_IsNotExact()
    {
        var calls =
            from seller in Gen.Elements(Sellers)
            from fact in Gen.Elements(Enum.GetValues<Fact>())
            from input in Gen.Choose(10, 100_000)
            from output in Gen.Choose(1, 10_000)
            from written in Gen.Choose(1, 10)
            select (seller, fact, input, output, written);
        using var priced = new PricedCalls();

        Fuzz.Check(
            calls,
            call =>
            {
                var record = MakeAsync(priced, call.seller, call.fact, call.input, call.output, call.written).GetAwaiter().GetResult();
                Assert.True(
                    record.Completeness == CostCompleteness.Exact == (call.fact == Fact.None || !IsNeeded(call.seller, call.fact)),
                    $"{call.fact} of {call.seller.Model}: {record.Completeness}, {record.Receipt.Reason}");
            },
            cases: 300);
    }

    /// <summary>Only Anthropic's prices depend on how long writes last, and only Google and xAI count thoughts in the total alone.</summary>
    private static bool IsNeeded((string Provider, string Address, string Model, string Alike) seller, Fact fact) => fact switch
    {
        Fact.Lifetime => seller.Provider == "anthropic",
        Fact.Total => seller.Model is "gemini-2.5-pro" or "grok-4",
        _ => true,
    };

    private static Task<CostRecord> MakeAsync(
        PricedCalls calls, (string Provider, string Address, string Model, string Alike) seller, Fact fact, long input, long output, long written)
    {
        var usage = fact == Fact.Everything ? null : UsageFixtures.Usage(
            fact is Fact.Input or Fact.AllButTheTotal ? null : input,
            fact is Fact.Output or Fact.AllButTheTotal ? null : output,
            fact is Fact.Input or Fact.Output or Fact.Total ? null : input + output,
            cached: null,
            reasoning: null);
        if (seller.Provider == "anthropic" && usage?.InputTokenCount is not null)
        {
            (usage.AdditionalCounts ??= [])["CacheCreationInputTokens"] = written;
            if (fact != Fact.Lifetime)
            {
                usage.AdditionalCounts["ephemeral_5m_input_tokens"] = written;
            }
        }

        if (fact == Fact.Part)
        {
            // Its rate is not known, which is as if it were not.
            ((usage ??= new()).AdditionalCounts ??= [])["input_image_tokens"] = 1;
        }

        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Dry.")) { Usage = usage };
        if (fact == Fact.Tier)
        {
            response.AdditionalProperties = new() { ["service_tier"] = "nobody knows" };
        }

        return calls.MakeAsync(
            seller.Provider, fact == Fact.Host ? "https://gw.corp.example/v1" : seller.Address, fact == Fact.Name ? seller.Alike : seller.Model, response);
    }
}
