using System.Text.Json;
using AiObs.Operations;

namespace AiObs.Recording;

/// <summary>Reads responses and events as providers write them, in one pass and without keeping anything: usage, tier, and what hosted tools did.</summary>
internal static class RawUsageJson
{
    private const int Deepest = 32;
    private const decimal TicksPerUsd = 10_000_000_000;

    /// <summary>Reads a response, or an event of a stream that brings one or a part of one.</summary>
    /// <param name="json">One JSON object.</param>
    /// <param name="usage">Takes what is said; what is not said stays as it is.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static void Read(ReadOnlySpan<byte> json, ref ReportedUsage usage)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest * 2 });
        if (reader.Read())
        {
            ReadAnswer(ref reader, ref usage, depth: 0);
        }
    }

    /// <summary>Reads a <c>usage</c> object alone.</summary>
    /// <param name="json">The object.</param>
    /// <param name="usage">Takes what is said.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static void ReadUsage(ReadOnlySpan<byte> json, ref ReportedUsage usage)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest * 2 });
        if (reader.Read())
        {
            ReadUsage(ref reader, ref usage, depth: 0);
        }
    }

    private static void ReadAnswer(ref Utf8JsonReader reader, ref ReportedUsage usage, int depth)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueSpan.SequenceEqual("usage"u8))
            {
                reader.Read();
                ReadUsage(ref reader, ref usage, depth);
            }
            else if (reader.ValueSpan.SequenceEqual("service_tier"u8))
            {
                reader.Read();
                usage.ServiceTier = Name(ref reader) ?? usage.ServiceTier;
            }
            else if (depth == 0 && HoldsAnswer(reader.ValueSpan))
            {
                reader.Read();
                ReadAnswer(ref reader, ref usage, depth + 1);
            }
            else if (depth == 0 && reader.ValueSpan.SequenceEqual("choices"u8))
            {
                reader.Read();
                ReadChoices(ref reader, ref usage);
            }
            else if (reader.ValueSpan.SequenceEqual("output"u8))
            {
                reader.Read();
                HostedToolJson.Read(ref reader, ref usage);
            }
            else if (reader.ValueSpan.SequenceEqual("content"u8))
            {
                reader.Read();
                HostedToolJson.ReadBlocks(ref reader, ref usage);
            }
            else if (depth == 0 && reader.ValueSpan.SequenceEqual("content_block"u8))
            {
                reader.Read();
                HostedToolJson.ReadBlock(ref reader, ref usage);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    /// <summary>Tells the objects within an answer that have usage of their own: those of Responses, of Messages, and of Groq's streams.</summary>
    private static bool HoldsAnswer(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("response"u8) || name.SequenceEqual("message"u8) || name.SequenceEqual("x_groq"u8);

    /// <summary>Reads the choices, as Moonshot's streams count in the last one.</summary>
    private static void ReadChoices(ref Utf8JsonReader reader, ref ReportedUsage usage)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ReadAnswer(ref reader, ref usage, depth: 1);
        }
    }

    private static void ReadUsage(ref Utf8JsonReader reader, ref ReportedUsage usage, int depth)
    {
        ReadCounts(ref reader, ref usage, isOutput: false, depth);
        usage.AddOwnKey();
    }

    /// <summary>Reads counts, and those in objects inside, which are parts of the input or of the output.</summary>
    private static void ReadCounts(ref Utf8JsonReader reader, ref ReportedUsage usage, bool isOutput, int depth)
    {
        if (reader.TokenType != JsonTokenType.StartObject || depth > Deepest)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueSpan.SequenceEqual("iterations"u8))
            {
                reader.Read();
                ReadRounds(ref reader, ref usage, depth);
                continue;
            }

            var field = UsageField.Find(ref reader, isOutput);
            var isOutputPart = reader.ValueSpan.SequenceEqual("output_tokens_details"u8) || reader.ValueSpan.SequenceEqual("completion_tokens_details"u8);
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    ReadCounts(ref reader, ref usage, isOutputPart, depth + 1);
                    break;
                case JsonTokenType.Number:
                    Take(field, ref reader, ref usage);
                    break;
                case JsonTokenType.String:
                    TakeName(field, ref reader, ref usage);
                    break;
                case JsonTokenType.True when field == UsageFieldName.OwnKey:
                    usage.IsOwnKey = true;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void ReadRounds(ref Utf8JsonReader reader, ref ReportedUsage usage, int depth)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        RoundSums? sums = null;
        var others = 0L;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject && !IsBilledAlike(reader))
            {
                others++;
                reader.Skip();
                continue;
            }

            var round = default(ReportedUsage);
            ReadCounts(ref reader, ref round, isOutput: false, depth + 1);
            sums = (sums ?? default).Plus(in round);
        }

        usage.Rounds = sums ?? usage.Rounds;
        usage.OtherRounds = others > 0 ? others : usage.OtherRounds;
    }

    /// <summary>Tells whether a round costs what the model costs: those of an advisor are another model's, and an attempt that was declined may cost nothing.</summary>
    /// <param name="reader">A reader of its own, at the round.</param>
    private static bool IsBilledAlike(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueSpan.SequenceEqual("type"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                return reader.ValueSpan.SequenceEqual("message"u8) || reader.ValueSpan.SequenceEqual("compaction"u8);
            }

            reader.Skip();
        }

        return true;
    }

    private static void Take(UsageFieldName field, ref Utf8JsonReader reader, ref ReportedUsage usage)
    {
        if (field is UsageFieldName.Cost or UsageFieldName.CostTicks or UsageFieldName.UpstreamCost)
        {
            if (reader.TryGetDecimal(out var cost) && cost > 0)
            {
                TakeCost(field, cost, ref usage);
            }
        }
        else if (reader.TryGetInt64(out var count) && count >= 0)
        {
            UsageField.Set(field, count, ref usage);
        }
    }

    private static void TakeCost(UsageFieldName field, decimal cost, ref ReportedUsage usage)
    {
        if (field == UsageFieldName.UpstreamCost)
        {
            usage.UpstreamCost = cost;
        }
        else
        {
            usage.Cost = field == UsageFieldName.Cost ? cost : cost / TicksPerUsd;
        }
    }

    private static void TakeName(UsageFieldName field, ref Utf8JsonReader reader, ref ReportedUsage usage)
    {
        switch (field)
        {
            case UsageFieldName.ServiceTier:
                usage.ServiceTier = Name(ref reader) ?? usage.ServiceTier;
                break;
            case UsageFieldName.Speed:
                usage.Speed = Name(ref reader) ?? usage.Speed;
                break;
            case UsageFieldName.Region:
                usage.Region = Name(ref reader) ?? usage.Region;
                break;
        }
    }

    private static string? Name(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.ValueSpan.Length is > 0 and <= NamedProperty.LongestName && !reader.ValueIsEscaped ? reader.GetString() : null;
        }

        reader.Skip();
        return null;
    }
}
