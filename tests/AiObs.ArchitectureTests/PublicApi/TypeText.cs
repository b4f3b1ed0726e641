using System.Reflection;
using System.Runtime.CompilerServices;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Prints a type: its head on the first line, its visible members below.</summary>
internal static class TypeText
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    public static string Of(Type type)
    {
        var members = type switch
        {
            { IsEnum: true } => EnumMembers(type),
            _ when IsDelegate(type) => [],
            _ => Members(type).Order(StringComparer.Ordinal),
        };

        return $"{Head(type)}{Markers.Of(type)}\n{string.Concat(members.Select(member => $"    {member}\n"))}";
    }

    private static string Head(Type type) => IsDelegate(type)
        ? $"{AccessTo(type)}delegate {MethodText.Signature(type.GetMethod("Invoke")!, TypeName.Definition(type))}"
        : $"{AccessTo(type)}{Modifiers(type)}{Kind(type)} {TypeName.Definition(type)}{Bases(type)}"
            + Constraints.Of(type.GetGenericArguments());

    private static string AccessTo(Type type) => type switch
    {
        { IsNestedFamily: true } => "protected ",
        { IsNestedFamORAssem: true } => "protected internal ",
        _ => "public ",
    };

    private static string Modifiers(Type type) => type switch
    {
        { IsInterface: true } or { IsEnum: true } => "",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : ""),
        { IsAbstract: true, IsSealed: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => IsRecord(type) ? "record struct" : "struct",
        _ => IsRecord(type) ? "record" : "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            return $" : {TypeName.Of(Enum.GetUnderlyingType(type))}";
        }

        var bases = string.Join(", ", BaseClass(type).Concat(OwnInterfaces(type)));

        return bases.Length == 0 ? "" : $" : {bases}";
    }

    private static string[] BaseClass(Type type) =>
        type.BaseType is not { } parent || parent == typeof(object) || parent == typeof(ValueType) ? [] : [TypeName.Of(parent)];

    // Without those that the base class or another interface brings along.
    private static IEnumerable<string> OwnInterfaces(Type type)
    {
        var interfaces = type.GetInterfaces();
        var inherited = (type.BaseType?.GetInterfaces() ?? []).Concat(interfaces.SelectMany(implied => implied.GetInterfaces()));

        return interfaces.Except(inherited)
            .Where(candidate => candidate.IsVisible)
            .Select(TypeName.Of)
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> EnumMembers(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .OrderBy(field => Convert.ToDecimal(field.GetRawConstantValue(), null))
        .Select(field => $"{field.Name} = {field.GetRawConstantValue()}{Markers.Of(field)}");

    private static IEnumerable<string> Members(Type type) =>
        from member in type.GetMembers(Declared)
        where !member.IsDefined(typeof(CompilerGeneratedAttribute))
        let text = member switch
        {
            ConstructorInfo constructor => MethodText.Of(constructor),
            MethodInfo method => MethodText.Of(method),
            PropertyInfo property => PropertyText.Of(property),
            FieldInfo field => FieldText.Of(field),
            EventInfo raised => FieldText.Of(raised),
            _ => null,
        }
        where text is not null
        select $"{text}{Markers.Of(member)}";

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(MulticastDelegate));

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", Declared)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;
}
