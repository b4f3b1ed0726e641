namespace AiObs.OpenTelemetry.Backends.Masking;

/// <summary>Reads the fields of a protobuf message one after the other.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int FixedOf8 = 1;
    private const int LengthDelimited = 2;
    private const int FixedOf4 = 5;
    private const int LongestVarint = 10;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Gets the number of the field.</summary>
    public int Number { get; private set; }

    /// <summary>Gets what it holds: text, bytes or a message; empty for a number.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Gets the field as it is written, with its number.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    /// <summary>Goes to the next field; <see langword="false"/> when there is none.</summary>
    /// <exception cref="InvalidDataException">It is no protobuf message.</exception>
    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var start = _rest;
        var tag = ReadVarint();
        Number = (int)(tag >> 3);
        Content = default;
        switch ((int)(tag & 7))
        {
            case 0:
                ReadVarint();
                break;
            case FixedOf8:
                Take(8);
                break;
            case LengthDelimited:
                Content = Take(checked((int)ReadVarint()));
                break;
            case FixedOf4:
                Take(4);
                break;
            default:
                throw new InvalidDataException();
        }

        Whole = start[..(start.Length - _rest.Length)];
        return true;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var i = 0; i < LongestVarint; i++)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new InvalidDataException();
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
