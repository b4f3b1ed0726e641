using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>Finds in a compiled assembly each place where a type names a type of another folder.</summary>
/// <remarks>
/// Constants and <c>nameof</c> leave no trace: the compiler writes their value in place of their name.
/// Types of locals, and of the fields that the compiler makes for them, are left out: they differ between Debug and Release,
/// and what a local holds comes from a member whose own signature names the type.
/// </remarks>
internal sealed partial class FolderLayersReader(Assembly assembly, FolderLayersSources sources)
{
    private const BindingFlags All =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    public IEnumerable<FolderLayersReference> References() =>
        from type in assembly.GetTypes()
        where sources.FolderOf(type) is not null
        from reference in OfType(type).Concat(Methods(type).SelectMany(OfMethod))
        select reference;

    private static IEnumerable<MethodBase> Methods(Type type) => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All));

    private IEnumerable<FolderLayersReference> OfType(Type type)
    {
        var folder = sources.FolderOf(type)!;
        var own = type.GetInterfaces().Append(type.BaseType!).Where(static named => named is not null);

        return own.Concat(Constraints(type)).Concat(Attributes(type)).SelectMany(named => Edges(folder, type, "type", named))
            .Concat(Fields(type).SelectMany(field => Edges(folder, type, field.Name, [field.FieldType, .. Attributes(field)])))
            .Concat(type.GetProperties(All).SelectMany(property => Edges(folder, type, property.Name, [.. Attributes(property)])))
            .Concat(type.GetEvents(All).SelectMany(item => Edges(folder, type, item.Name, [item.EventHandlerType!, .. Attributes(item)])));
    }

    private static IEnumerable<FieldInfo> Fields(Type type) =>
        IsMadeByCompiler(type) ? [] : type.GetFields(All).Where(static field => !field.IsDefined(typeof(CompilerGeneratedAttribute)));

    private IEnumerable<FolderLayersReference> OfMethod(MethodBase method)
    {
        var type = method.DeclaringType!;
        var folder = sources.FolderOf(method)!;
        var result = (method as MethodInfo)?.ReturnParameter;
        ParameterInfo[] parameters = result is null ? method.GetParameters() : [result, .. method.GetParameters()];
        IEnumerable<Type> named =
        [
            .. Attributes(method),
            .. method.IsGenericMethodDefinition ? method.GetGenericArguments().SelectMany(ConstraintsOf) : [],
            .. parameters.Select(static parameter => parameter.ParameterType),
            .. parameters.SelectMany(static parameter => Attributes(parameter.GetCustomAttributesData())),
            .. Caught(method),
        ];

        return Edges(folder, type, method.Name, named).Concat(CompiledTokens.Of(method).SelectMany(member => Edges(folder, method, member)));
    }

    private static IEnumerable<Type> Caught(MethodBase method) =>
        from clause in method.GetMethodBody()?.ExceptionHandlingClauses ?? []
        where clause.Flags == ExceptionHandlingClauseOptions.Clause
        select clause.CatchType;

    private IEnumerable<FolderLayersReference> Edges(string folder, MethodBase method, MemberInfo member)
    {
        var type = member as Type ?? member.DeclaringType;
        IEnumerable<Type> arguments = member is MethodBase { IsGenericMethod: true } generic ? generic.GetGenericArguments() : [];
        if (member is MethodBase called && called.Module == method.Module)
        {
            // Of a partial type, the part that is called counts.
            arguments = [.. arguments, .. type!.GetGenericArguments()];

            return Edge(folder, method.DeclaringType!, method.Name, sources.FolderOf(called), type)
                .Concat(Edges(folder, method.DeclaringType!, method.Name, arguments));
        }

        return Edges(folder, method.DeclaringType!, method.Name, type is null ? arguments : arguments.Append(type));
    }

    private IEnumerable<FolderLayersReference> Edges(string folder, Type type, string member, params IEnumerable<Type> named) =>
        from part in named.SelectMany(Parts)
        where part.Assembly == assembly
        from edge in Edge(folder, type, member, sources.FolderOf(part), part)
        select edge;

    private static IEnumerable<FolderLayersReference> Edge(string folder, Type type, string member, string? target, Type named) =>
        target is null || target == folder ? [] : [new(folder, Outer(type), Written(type, member), target, Outer(named))];

    /// <summary>The types that a type is put together from.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericParameter ? []
        : type.IsFunctionPointer ? type.GetFunctionPointerParameterTypes().Append(type.GetFunctionPointerReturnType()).SelectMany(Parts)
        : type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
        : [type];

    private static IEnumerable<Type> Constraints(Type type) =>
        type.IsGenericTypeDefinition ? type.GetGenericArguments().SelectMany(ConstraintsOf) : [];

    private static IEnumerable<Type> ConstraintsOf(Type parameter) => parameter.GetGenericParameterConstraints().Concat(Attributes(parameter));

    private static IEnumerable<Type> Attributes(MemberInfo member) => Attributes(member.GetCustomAttributesData());

    private static IEnumerable<Type> Attributes(IEnumerable<CustomAttributeData> attributes) =>
        from attribute in attributes
        from type in attribute.ConstructorArguments
            .Concat(attribute.NamedArguments.Select(static argument => argument.TypedValue))
            .SelectMany(Arguments)
            .Prepend(attribute.AttributeType)
        select type;

    private static IEnumerable<Type> Arguments(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type type => [type],
        IEnumerable<CustomAttributeTypedArgument> items => items.SelectMany(Arguments),
        _ => [argument.ArgumentType],
    };

    private static bool IsMadeByCompiler(Type type) => type.IsNested && type.Name.StartsWith('<');

    private static string Outer(Type type) => FolderLayersSources.Outermost(type).Name.Split('`')[0];

    /// <summary>The member as it is written: what the compiler makes of a lambda or an async method has the method's name in brackets.</summary>
    private static string Written(Type type, string member)
    {
        var inside = InBrackets().Match(member) is { Success: true } local ? local : InBrackets().Match(type.Name);
        var name = inside.Success ? inside.Groups[1].Value : member;

        return (name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name[4..] : name)
            .TrimStart('.');
    }

    [GeneratedRegex("^<([^<>]+)>")]
    private static partial Regex InBrackets();
}
