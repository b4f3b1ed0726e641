using System.Reflection;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>
/// The attribute keys of the conventions: the string constants of the classes named <c>*Attributes</c> below AiObs.Conventions.
/// </summary>
internal static class AttributeKeys
{
    private const BindingFlags Constants = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    public static IReadOnlySet<string> Of(IEnumerable<Type> types) =>
        ByConstant(types.Where(static type => $"{type.Namespace}.".StartsWith("AiObs.Conventions.", StringComparison.Ordinal))).Values.ToHashSet(StringComparer.Ordinal);

    /// <summary>Returns the keys by what the code calls them, such as <c>GenAiAttributes.ToolName</c>, in whatever namespace.</summary>
    public static IReadOnlyDictionary<string, string> ByConstant(IEnumerable<Type> types) =>
        (from type in types
         where type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Attributes", StringComparison.Ordinal)
         from field in type.GetFields(Constants)
         where field is { IsLiteral: true, IsPrivate: false } && field.FieldType == typeof(string)
         select KeyValuePair.Create($"{type.Name}.{field.Name}", (string)field.GetRawConstantValue()!))
        .ToDictionary(StringComparer.Ordinal);
}
