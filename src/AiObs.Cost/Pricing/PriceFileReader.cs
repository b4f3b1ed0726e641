using System.Text;
using System.Text.Json;
using AiObs.Cost.Tables;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Reads a price file as far as it can be read, and says of everything else what is wrong, where, and what to do.</summary>
internal sealed class PriceFileReader
{
    private const int LongestQuote = 40;

    private static readonly JsonDocumentOptions Json =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    private readonly PricingOptions _rules = new();
    private readonly List<string> _problems = [];
    private readonly RulePath _root;
    private string? _version;
    private PriceOverlay? _overlay;

    private PriceFileReader(RulePath root) => _root = root;

    public static PriceFileContent Read(string path)
    {
        var (bytes, problem) = PriceFileBytes.Read(path);
        return bytes is null ? Unreadable(path, problem!) : Parse(bytes, path);
    }

    public static PriceFileContent Unreadable(string path, string problem) =>
        new(new PricingOptions(), null, [$"{PricingOptions.Section}:{nameof(PricingOptions.PriceFile)} '{path}' {problem}"]);

    public static PriceFileContent Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        try
        {
            var text = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
            using var document = JsonDocument.Parse(text, Json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? ReadTable(bytes.Span, path)
                : new PriceFileReader(RulePath.OfFile(path)).Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            return Unreadable(path, $"is not JSON: {exception.Message} Correct it there.");
        }
        catch (InvalidOperationException)
        {
            // The parser takes escapes for halves of a character as they are; only who reads the text learns of them.
            return Unreadable(path, "has a text with an escape that is no character. Write characters as they are, in UTF-8.");
        }
    }

    private static PriceFileContent ReadTable(ReadOnlySpan<byte> bytes, string path)
    {
        try
        {
            return new(new PricingOptions(), null, [], new TablePricing(PublishedPrices.Read(bytes), PriceSource.File));
        }
        catch (InvalidDataException exception)
        {
            return Unreadable(path, $"is a price table that cannot be used: {exception.Message} Take another version of it.");
        }
    }

    private PriceFileContent Read(JsonElement root)
    {
        foreach (var member in Members(root, _root))
        {
            var place = _root.Key(member.Name);
            switch (member.Name)
            {
                case "version":
                    _version = Text(member.Value, place);
                    break;
                case "prices":
                    ReadPrices(member.Value, _root.Member("prices"));
                    break;
                case "aliases":
                    ReadAliases(member.Value, _root.Member("aliases"));
                    break;
                case "serviceTierMultipliers":
                    ReadNumbers(member.Value, _root.Member("serviceTierMultipliers"), _rules.ServiceTierMultipliers);
                    break;
                case "regionMultipliers":
                    ReadNumbers(member.Value, _root.Member("regionMultipliers"), _rules.RegionMultipliers);
                    break;
                case "overlay":
                    ReadOverlay(member.Value, _root.Member("overlay"));
                    break;
                default:
                    Unknown(place, "version, prices, aliases, serviceTierMultipliers, regionMultipliers and overlay");
                    break;
            }
        }

        if (_problems.Count == 0)
        {
            PricingRulesValidator.Validate(_rules, _root, _problems);
        }

        return new(_rules, _version, _problems) { Overlay = _overlay };
    }

    private void ReadOverlay(JsonElement element, RulePath path)
    {
        try
        {
            _overlay = PriceOverlayReader.Read(element);
        }
        catch (InvalidDataException exception)
        {
            _problems.Add($"{path} cannot be used: {exception.Message} Give the shape of aiobs-overlay.json.");
        }
    }

    private void ReadPrices(JsonElement list, RulePath path)
    {
        foreach (var (element, place) in Items(list, path))
        {
            var price = new PriceOverride();
            foreach (var member in Members(element, place))
            {
                ReadMember(price, member, place);
            }

            _rules.Prices.Add(price);
        }
    }

    private void ReadMember(PriceOverride price, JsonProperty member, RulePath path)
    {
        var place = path.Key(member.Name);
        switch (member.Name)
        {
            case "provider":
                price.Provider = Text(member.Value, path.Member("provider"));
                break;
            case "model":
                price.Model = Text(member.Value, path.Member("model")) ?? "";
                break;
            case "rates":
                ReadNumbers(member.Value, path.Member("rates"), price.Rates);
                break;
            case "tiers":
                ReadTiers(price, member.Value, path.Member("tiers"));
                break;
            default:
                Unknown(place, "provider, model, rates and tiers");
                break;
        }
    }

    private void ReadTiers(PriceOverride price, JsonElement list, RulePath path)
    {
        foreach (var (element, place) in Items(list, path))
        {
            var tier = new PriceOverrideTier();
            foreach (var member in Members(element, place))
            {
                switch (member.Name)
                {
                    case "start":
                        tier.Start = Count(member.Value, place.Member("start"));
                        break;
                    case "rates":
                        ReadNumbers(member.Value, place.Member("rates"), tier.Rates);
                        break;
                    default:
                        Unknown(place.Key(member.Name), "start and rates");
                        break;
                }
            }

            price.Tiers.Add(tier);
        }
    }

    private void ReadAliases(JsonElement element, RulePath path)
    {
        foreach (var member in Members(element, path))
        {
            _rules.Aliases[member.Name] = Text(member.Value, path.Key(member.Name)) ?? "";
        }
    }

    private void ReadNumbers(JsonElement element, RulePath path, IDictionary<string, decimal> numbers)
    {
        foreach (var member in Members(element, path))
        {
            if (member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDecimal(out var number))
            {
                numbers[member.Name] = number;
            }
            else
            {
                Wrong(path.Key(member.Name), member.Value, "a number");
            }
        }
    }

    private long Count(JsonElement element, RulePath path)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var count))
        {
            return count;
        }

        Wrong(path, element, "a number of tokens");
        return 0;
    }

    private string? Text(JsonElement element, RulePath path)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString();
        }

        Wrong(path, element, "a text");
        return null;
    }

    private List<JsonProperty> Members(JsonElement element, RulePath path)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return [.. element.EnumerateObject()];
        }

        Wrong(path, element, "an object");
        return [];
    }

    private IEnumerable<(JsonElement Element, RulePath Path)> Items(JsonElement element, RulePath path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Select((item, index) => (item, path.Item(index)));
        }

        Wrong(path, element, "a list");
        return [];
    }

    private void Wrong(RulePath path, JsonElement element, string expected) =>
        _problems.Add($"{path} is {Describe(element)}. Give {expected}.");

    private void Unknown(RulePath path, string known) => _problems.Add($"{path} is not known here. Known are {known}.");

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ when element.GetRawText() is { Length: > LongestQuote } text => $"{text[..LongestQuote]}…",
        _ => element.GetRawText(),
    };
}
