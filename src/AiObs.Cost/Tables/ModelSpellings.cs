using System.Text.RegularExpressions;
using AiObs.Operations;

namespace AiObs.Cost.Tables;

/// <summary>The names under which a model may be known, from what a call says: first as it stands, then without what only says where it is.</summary>
/// <param name="sells">Whether a vendor, by any of its names, is the seller, or one whose models it sells.</param>
internal readonly partial struct ModelSpellings(Func<string, bool> sells)
{
    private const string Arn = "arn:";
    private const string FineTuned = "ft:";
    private const string AzureFineTuned = ".ft-";
    private const string Models = "models/";
    private const string OpenRouter = "openrouter";
    private const string Publishers = "publishers/";

    private static readonly PriceCaveat OfBase = new(CostCompleteness.Partial, "the base's rates: those of the fine-tuned model are not known");
    private static readonly PriceCaveat OfRoute = new(CostCompleteness.Estimated, "the model's rates: those of the route are not known");
    private static readonly PriceCaveat WithSearch = new(CostCompleteness.Partial, "the model's rates, without the fee of :online");

    /// <summary>Lists the names in the order in which they are tried.</summary>
    /// <param name="model">The name that the call says, in lower case.</param>
    /// <param name="seller">The id of who sells it.</param>
    public IEnumerable<ModelSpelling> Of(string model, string seller)
    {
        if (model.StartsWith(Arn, StringComparison.Ordinal))
        {
            return FoundationModel().IsMatch(model) ? WithVersions([new(model), new(model[(model.LastIndexOf('/') + 1)..])]) : [];
        }

        List<ModelSpelling> places = [new(model)];
        Add(places, WithoutPath(model));
        Add(places, WithoutVendor(places[^1].Name));
        List<ModelSpelling> all = [.. WithVersions(places)];
        var last = places[^1].Name;
        if (BaseOf(last) is { } fineTuned)
        {
            all.AddRange(WithVersions([new(fineTuned, OfBase)]));
        }
        else if (seller == OpenRouter && Route().Match(model) is { Success: true } route)
        {
            all.Add(new(model[..route.Index], route.ValueSpan is ":online" ? WithSearch : OfRoute));
        }

        return all;
    }

    private static void Add(List<ModelSpelling> names, string? name)
    {
        if (!string.IsNullOrEmpty(name))
        {
            names.Add(new(name));
        }
    }

    private static IEnumerable<ModelSpelling> WithVersions(List<ModelSpelling> names)
    {
        foreach (var name in names)
        {
            yield return name;
        }

        foreach (var name in names)
        {
            if (Version().Match(name.Name) is { Success: true, Index: > 0 } version)
            {
                yield return name with { Name = name.Name[..version.Index] };
            }
        }
    }

    private static string? BaseOf(string model) =>
        model.StartsWith(FineTuned, StringComparison.Ordinal) ? model[FineTuned.Length..].Split(':')[0]
        : model.IndexOf(AzureFineTuned, StringComparison.Ordinal) is > 0 and var end ? model[..end]
        : null;

    private string? WithoutPath(string model)
    {
        var start = model.LastIndexOf(Models, StringComparison.Ordinal);
        if (start < 0 || (start > 0 && model[start - 1] != '/'))
        {
            return null;
        }

        var publisher = model.LastIndexOf(Publishers, start, StringComparison.Ordinal);
        return publisher < 0 || sells(model[(publisher + Publishers.Length)..start].TrimEnd('/')) ? model[(start + Models.Length)..] : null;
    }

    private string? WithoutVendor(string model) =>
        model.Split('/') is [{ Length: > 0 } vendor, { Length: > 0 } name] && vendor != OpenRouter && sells(vendor) ? name : null;

    [GeneratedRegex("^arn:[^:]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile)/[^/]+$", RegexOptions.CultureInvariant)]
    private static partial Regex FoundationModel();

    [GeneratedRegex("(?:@[a-z0-9.-]+|-[0-9]{3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex(":(?:nitro|floor|exacto|thinking|online)$", RegexOptions.CultureInvariant)]
    private static partial Regex Route();
}
