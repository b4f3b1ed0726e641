using System.Reflection;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Prints what an assembly promises to its users, so that a change of it is seen in a review.</summary>
internal static class PublicSurface
{
    public static string Of(Assembly assembly) => Of(assembly.GetTypes());

    public static string Of(IEnumerable<Type> types) => string.Join(
        '\n',
        types.Where(IsVisible).OrderBy(TypeName.Definition, StringComparer.Ordinal).Select(TypeText.Of));

    private static bool IsVisible(Type type) =>
        (type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)))
        && !type.Name.StartsWith('<');
}
