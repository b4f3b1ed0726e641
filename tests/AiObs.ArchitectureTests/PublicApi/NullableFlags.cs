using System.Reflection;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>
/// The nullability that the compiler wrote for one type as used in one place: a flag for each part of the type, outside first.
/// Read from metadata because NullabilityInfoContext answers neither for constraints nor exactly for type parameters.
/// </summary>
internal sealed class NullableFlags
{
    private const string Attribute = "System.Runtime.CompilerServices.NullableAttribute";
    private const string ContextAttribute = "System.Runtime.CompilerServices.NullableContextAttribute";
    private const byte NotNull = 1;
    private const byte Nullable = 2;

    private readonly IReadOnlyList<byte> _flags;
    private int _next;

    private NullableFlags(IReadOnlyList<byte> flags) => _flags = flags;

    /// <summary>For places where the compiler keeps no flags that reflection can see.</summary>
    public static NullableFlags None => new([0]);

    public static NullableFlags Of(ParameterInfo parameter) =>
        new(Read(parameter.CustomAttributes, Attribute) ?? Context(parameter.Member));

    public static NullableFlags Of(MemberInfo member) =>
        new(Read(member.CustomAttributes, Attribute) ?? Context(member.DeclaringType));

    public static NullableFlags Of(Type parameter) =>
        new(Read(parameter.CustomAttributes, Attribute) ?? Context((MemberInfo?)parameter.DeclaringMethod ?? parameter.DeclaringType));

    /// <summary>Takes the next flag: a question mark when that part may be null, otherwise nothing.</summary>
    public string Next() => Take() == Nullable ? "?" : "";

    /// <summary>Takes the next flag and tells whether that part must not be null.</summary>
    public bool NextIsNotNull() => Take() == NotNull;

    // A single flag stands for all parts.
    private byte Take() => _flags.Count == 1 ? _flags[0] : _flags[_next++];

    private static IReadOnlyList<byte> Context(MemberInfo? member) =>
        member is null ? [0] : Read(member.CustomAttributes, ContextAttribute) ?? Context(member.DeclaringType);

    // By name, since the compiler writes the attribute into each assembly anew.
    private static IReadOnlyList<byte>? Read(IEnumerable<CustomAttributeData> attributes, string name) =>
        attributes.FirstOrDefault(data => data.AttributeType.FullName == name)?.ConstructorArguments[0].Value switch
        {
            byte flag => [flag],
            IEnumerable<CustomAttributeTypedArgument> flags => [.. flags.Select(flag => (byte)flag.Value!)],
            _ => null,
        };
}
