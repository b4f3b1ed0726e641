using System.Reflection;
using System.Runtime.CompilerServices;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Prints a property with those of its accessors that others may use.</summary>
internal static class PropertyText
{
    public static string? Of(PropertyInfo property)
    {
        var getter = Access.Of(property.GetMethod) is null ? null : property.GetMethod;
        var setter = Access.Of(property.SetMethod) is null ? null : property.SetMethod;
        if ((getter ?? setter) is not { } main)
        {
            return null;
        }

        var access = Access.Of(getter is { IsPublic: false } ? setter ?? getter : main);
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var type = TypeName.Of(property.PropertyType, NullableFlags.Of(property));
        var accessors = Accessor(getter, "get", access) + Accessor(setter, IsInit(setter) ? "init" : "set", access);

        return $"{access}{required}{MethodText.Modifiers(main)}{type} {Name(property)} {{ {accessors}}}";
    }

    private static string Name(PropertyInfo property)
    {
        var indices = property.GetIndexParameters();

        return indices.Length == 0 ? property.Name : $"this[{string.Join(", ", indices.Select(ParameterText.Of))}]";
    }

    private static string Accessor(MethodInfo? accessor, string word, string? accessOfProperty)
    {
        var access = Access.Of(accessor);

        return access is null ? "" : access == accessOfProperty ? $"{word}; " : $"{access}{word}; ";
    }

    private static bool IsInit(MethodInfo? setter) =>
        setter?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
}
