using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Tests.Conversations.Contents;

/// <summary>Makes one of each kind of content that Microsoft.Extensions.AI has, with a value in each of its members, and tells what is in one.</summary>
internal static class SampleContents
{
    private static readonly HashSet<string> NotStored = [nameof(AIContent.RawRepresentation), nameof(FunctionCallContent.Exception)];

    /// <summary>Gets every kind that somebody can make one of.</summary>
    public static IReadOnlyList<Type> Kinds { get; } =
    [
        .. typeof(AIContent).Assembly.GetExportedTypes()
            .Where(static type => typeof(AIContent).IsAssignableFrom(type) && type.GetConstructors().Length > 0)
            .OrderBy(static type => type.Name, StringComparer.Ordinal),
    ];

    public static AIContent Create(Type kind) => (AIContent)Fill(Construct(kind), nesting: 0);

    /// <summary>Describes everything that a value holds, but for what is not meant to be stored.</summary>
    public static string Describe(object? value) => JsonSerializer.Serialize(Tree(value));

    private static object Construct(Type type)
    {
        var constructor = type.GetConstructors()
            .OrderByDescending(static constructor => constructor.GetCustomAttribute<JsonConstructorAttribute>() is not null)
            .ThenByDescending(static constructor => constructor.GetParameters().Length)
            .First();
        return constructor.Invoke([.. constructor.GetParameters().Select(static parameter => Value(parameter.ParameterType, parameter.Name!, nesting: 1))]);
    }

    private static object Fill(object target, int nesting)
    {
        foreach (var property in target.GetType().GetProperties().Where(static property => property.SetMethod is { IsPublic: true } && !NotStored.Contains(property.Name)))
        {
            property.SetValue(target, Value(property.PropertyType, property.Name, nesting));
        }

        return target;
    }

    private static object? Value(Type type, string name, int nesting) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var text when text == typeof(string) && name.Contains("mediaType", StringComparison.OrdinalIgnoreCase) => "image/png",
        var text when text == typeof(string) && name.Equals("uri", StringComparison.OrdinalIgnoreCase) => "data:image/png;base64,iVBORw0KGgo=",
        var text when text == typeof(string) => "some " + name,
        var uri when uri == typeof(Uri) => new Uri("https://example.com/a%20b?c=d#e"),
        var flag when flag == typeof(bool) => true,
        var number when number == typeof(int) => 7,
        var number when number == typeof(long) => 8_000_000_000L,
        var time when time == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2)),
        var bytes when bytes == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>([1, 2, 3]),
        var any when any == typeof(object) => JsonElement.Parse("""{"z":1,"a":[true,null,"x"]}"""),
        var call when call == typeof(ToolCallContent) => new FunctionCallContent("call of the approval", "look_up", new Dictionary<string, object?> { ["city"] = "Oslo" }),
        var usage when usage == typeof(UsageDetails) => Fill(new UsageDetails(), nesting),
        var counts when counts == typeof(AdditionalPropertiesDictionary<long>) => new AdditionalPropertiesDictionary<long> { ["images"] = 3 },
        var properties when properties == typeof(AdditionalPropertiesDictionary) => new AdditionalPropertiesDictionary { ["some"] = "thing", ["count"] = 3 },
        var arguments when arguments == typeof(IDictionary<string, object?>) => new Dictionary<string, object?> { ["a"] = 1, ["b"] = new[] { "x" }, ["c"] = null },
        var texts when texts == typeof(IList<string>) => new List<string> { "one", "two" },
        var regions when regions == typeof(IList<AnnotatedRegion>) => new List<AnnotatedRegion> { new TextSpanAnnotatedRegion { StartIndex = 1, EndIndex = 2 } },
        var annotations when annotations == typeof(IList<AIAnnotation>) =>
            new List<AIAnnotation> { nesting > 1 ? new AIAnnotation() : (AIAnnotation)Fill(new CitationAnnotation(), nesting + 1) },
        var contents when contents == typeof(IList<AIContent>) => nesting > 0
            ? new List<AIContent> { new TextContent("inside") }
            : new List<AIContent> { new TextContent("inside"), (AIContent)Fill(new DataContent("data:text/plain;base64,QQ=="), nesting + 1) },
        _ => throw new NotSupportedException($"There is no sample for '{name}', which is a {type}. Add one."),
    };

    private static object? Tree(object? value) => value switch
    {
        null => null,
        string text => text,
        JsonElement element => element,
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        ReadOnlyMemory<char> characters => characters.ToString(),
        IDictionary<string, object?> members => members.ToDictionary(static member => member.Key, static member => Json(member.Value), StringComparer.Ordinal),
        IDictionary members => members,
        IEnumerable items => items.Cast<object>().Select(Tree).ToArray(),
        ValueType number => number,
        Uri uri => uri.OriginalString,
        Exception exception => exception.GetType().Name,
        _ => value.GetType().GetProperties()
            .Where(static property => !NotStored.Contains(property.Name))
            .ToDictionary(static property => property.Name, property => Tree(property.GetValue(value)), StringComparer.Ordinal)
            .Append(new("type", value.GetType().Name))
            .ToDictionary(),
    };

    /// <summary>What stands in a dictionary of anything is JSON once it has been stored.</summary>
    private static JsonElement Json(object? value) => JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions);
}
