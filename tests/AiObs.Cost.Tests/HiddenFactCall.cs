using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>A call of which everything is known, until something of it is changed.</summary>
internal sealed class HiddenFactCall
{
    public ReportedUsage Raw;

    /// <summary>Says something in the object of an SDK.</summary>
    public delegate void Saying(ref ReportedUsage raw);

    public HiddenFactCall(HiddenFactSeller seller, long input, long output, long written)
    {
        (Seller, Address, Model) = (seller, seller.Address, seller.Model);
        Usage = new() { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output, AdditionalCounts = [] };
        if (seller.IsAnthropic)
        {
            Counts["CacheCreationInputTokens"] = Counts["ephemeral_5m_input_tokens"] = written;
        }
    }

    public HiddenFactSeller Seller { get; }

    public string Address { get; set; }

    public string Model { get; set; }

    public UsageDetails Usage { get; }

    public bool HasUsage { get; set; } = true;

    /// <summary>Gets what the answer shows beside the text.</summary>
    public List<AIContent> Shown { get; } = [];

    public AdditionalPropertiesDictionary<long> Counts => Usage.AdditionalCounts!;

    /// <summary>Gets what the answer says beside the usage.</summary>
    public AdditionalPropertiesDictionary Said { get; } = [];

    /// <summary>Gets what the call asks for.</summary>
    public AdditionalPropertiesDictionary Asked { get; } = [];

    /// <summary>Says that what goes into the cache stays there for an hour.</summary>
    public void WriteForAnHour()
    {
        Counts.Remove("ephemeral_5m_input_tokens");
        Counts["ephemeral_1h_input_tokens"] = Counts[Seller.IsAnthropic ? "CacheCreationInputTokens" : "cache_write_tokens"] = 1;
    }

    /// <summary>Says how long some of what goes into the cache stays there, and not of all.</summary>
    public void HideLifetimeOfSome()
    {
        if (Seller.IsAnthropic)
        {
            Counts["ephemeral_5m_input_tokens"] = 1;
        }
    }

    /// <summary>Says something in the SDK's object, whose totals are those of another answer.</summary>
    public void SayOf(Saying say)
    {
        (Raw.Input, Raw.Output) = (Usage.InputTokenCount - 1, Usage.OutputTokenCount);
        say(ref Raw);
    }

    public ChatResponse Answer()
    {
        if (Counts.Count == 0)
        {
            Usage.AdditionalCounts = null;
        }

        return new(new ChatMessage(ChatRole.Assistant, [.. Shown, new TextContent("Dry.")]))
        {
            Usage = HasUsage ? Usage : null,
            AdditionalProperties = Said,
            RawRepresentation = Raw == default ? null : this,
        };
    }

    /// <summary>Returns what who records the call by hand says of it.</summary>
    public CostRecording Details() => new()
    {
        Provider = Seller.Provider,
        Endpoint = new Uri(Address),
        RequestModel = Model,
        ServiceTier = Asked.TryGetValue("service_tier", out var tier) ? (string?)tier : null,
    };
}
